package dev.pintle.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.testing.TestDns;
import dev.pintle.upstream.dns.EgressPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsTargetLookupTest {
    private final TestDns dns = TestDns.start();
    private final TargetLookup lookup =
            new DnsTargetLookup(DnsClient.of(dns.address()), new EgressPolicy(List.of("169.254.7.7")));

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void addressesGetTheGivenPortAndTheTtlOfTheAnswer() throws IOException {
        dns.set("users.test.", "A", 30, "10.0.0.2", "10.0.0.1");
        dns.set("users.test.", "AAAA", 60, "2001:db8::1");
        assertThat(found(RecordType.A, "users.test")).containsExactly("10.0.0.1:80 1", "10.0.0.2:80 1");
        assertThat(found(RecordType.AAAA, "users.test.")).containsExactly("[2001:db8:0:0:0:0:0:1]:80 1");
        assertThat(resolution(RecordType.A, "users.test").ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anAliasIsFollowedAndItsTtlCounts() throws IOException {
        dns.set("users.test.", "CNAME", 7, "pool.test.");
        dns.set("pool.test.", "A", 300, "10.0.0.1");
        assertThat(found(RecordType.A, "users.test")).containsExactly("10.0.0.1:80 1");
        assertThat(resolution(RecordType.A, "users.test").ttl()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void servicesHaveTheirOwnPortsAndWeightsAndOnlyTheBestPriorityCounts() throws IOException {
        dns.set("_http._tcp.users.test.", "SRV", 30, "1 5 81 a.test.", "1 0 82 b.test.", "2 9 83 a.test.");
        dns.set("a.test.", "A", 9, "10.0.0.1");
        dns.set("b.test.", "AAAA", 60, "2001:db8::2");
        assertThat(found(RecordType.SRV, "_http._tcp.users.test"))
                .containsExactly("10.0.0.1:81 5", "[2001:db8:0:0:0:0:0:2]:82 1");
        assertThat(resolution(RecordType.SRV, "_http._tcp.users.test").ttl()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void theEgressPolicyDropsAddresses() throws IOException {
        dns.set("users.test.", "A", 30, "169.254.169.254", "169.254.7.7", "10.0.0.1");
        assertThat(found(RecordType.A, "users.test")).containsExactly("10.0.0.1:80 1", "169.254.7.7:80 1");
    }

    @Test
    void aMissingNameIsAnEmptyAnswerAndAFailureIsNone() throws IOException {
        assertThat(found(RecordType.A, "missing.test")).isEmpty();
        dns.fail(true);
        assertThatThrownBy(() -> found(RecordType.A, "missing.test"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SERVFAIL");
    }

    private Resolution resolution(RecordType type, String name) throws IOException {
        return lookup.lookUp(new DiscoveryQuery(name, type, 80));
    }

    private List<String> found(RecordType type, String name) throws IOException {
        return resolution(type, name).endpoints().stream()
                .map(endpoint -> endpoint.authority() + ' ' + endpoint.weight())
                .toList();
    }
}
