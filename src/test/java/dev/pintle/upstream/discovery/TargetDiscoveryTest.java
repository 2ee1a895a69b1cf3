package dev.pintle.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.TestDns;
import dev.pintle.upstream.dns.EgressPolicy;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetDiscoveryTest {
    private final TestDns dns = TestDns.start();
    private final AtomicInteger changes = new AtomicInteger();
    private final TargetDiscovery discovery = new TargetDiscovery(
            "users",
            new DiscoveryQuery("users.test", RecordType.A, 80),
            new DnsTargetLookup(DnsClient.of(dns.address()), new EgressPolicy(List.of())),
            new Random(1),
            time -> {},
            InstantSource.system());

    @AfterEach
    void stop() {
        dns.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "30, 30", "86400, 300"})
    void theNextLookFollowsTheTtlWithinBounds(int ttl, int seconds) {
        dns.set("users.test.", "A", ttl, "10.0.0.1");
        assertThat(look()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void anAnswerThatKeepsHalfOfTheTargetsIsBelievedAtOnce() {
        answer("10.0.0.1", "10.0.0.2");
        answer("10.0.0.2", "10.0.0.3");
        assertThat(targets()).containsExactly("10.0.0.2:80", "10.0.0.3:80");
        assertThat(changes).hasValue(2);
        look();
        assertThat(changes).as("an equal answer changes nothing").hasValue(2);
    }

    @Test
    void anAnswerThatLosesMoreIsBelievedAtTheSecondLook() {
        answer("10.0.0.1", "10.0.0.2", "10.0.0.3");
        assertThat(answer("10.0.0.3")).isEqualTo(Duration.ofSeconds(5));
        assertThat(targets()).hasSize(3);
        assertThat(discovery.fault()).contains("lacks more than half");
        look();
        assertThat(targets()).containsExactly("10.0.0.3:80");
        assertThat(discovery.fault()).isNull();
    }

    @Test
    void aLossThatWasAGlitchChangesNothing() {
        answer("10.0.0.1", "10.0.0.2", "10.0.0.3");
        answer();
        answer("10.0.0.1", "10.0.0.2", "10.0.0.3");
        answer();
        assertThat(targets()).hasSize(3);
        assertThat(changes).hasValue(1);
    }

    @Test
    void anAnswerThatLacksOtherTargetsConfirmsNoLoss() {
        answer("10.0.0.1", "10.0.0.2", "10.0.0.3");
        answer("10.0.0.1");
        answer("10.0.0.2");
        assertThat(targets()).hasSize(3);
        answer();
        assertThat(targets()).as("lacks all that the answer before lacked").isEmpty();
    }

    @Test
    void aLookupThatEndsWithItsRouteIsNoFailure() {
        AtomicReference<TargetDiscovery> removed = new AtomicReference<>();
        removed.set(new TargetDiscovery(
                "users",
                discovery.query(),
                query -> {
                    removed.get().close();
                    throw new InterruptedIOException("interrupted");
                },
                new Random(1),
                time -> {},
                InstantSource.system()));
        removed.get().look(changes::incrementAndGet);
        assertThat(removed.get().fault()).isNull();
    }

    @Test
    void theLastTargetsStayWhileTheResolverFails() {
        answer("10.0.0.1");
        dns.fail(true);
        assertThat(look()).isEqualTo(Duration.ofSeconds(5));
        assertThat(look()).isEqualTo(Duration.ofSeconds(5));
        assertThat(targets()).containsExactly("10.0.0.1:80");
        assertThat(discovery.fault()).isEqualTo("the resolver failed: the resolver answered SERVFAIL");
        dns.fail(false);
        look();
        assertThat(discovery.fault()).isNull();
    }

    @Test
    void anEmptyFirstAnswerIsAFault() {
        answer();
        assertThat(targets()).isEmpty();
        assertThat(discovery.fault()).isEqualTo("DNS has no usable address for it");
        answer("10.0.0.1");
        assertThat(targets()).containsExactly("10.0.0.1:80");
    }

    private Duration answer(String... addresses) {
        dns.set("users.test.", "A", 30, addresses);
        return look();
    }

    private Duration look() {
        return discovery.look(changes::incrementAndGet);
    }

    private List<String> targets() {
        return discovery.endpoints().stream().map(Endpoint::authority).toList();
    }
}
