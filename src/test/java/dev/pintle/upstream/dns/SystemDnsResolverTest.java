package dev.pintle.upstream.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemDnsResolverTest {
    private static final long A_WHILE = TimeUnit.SECONDS.toNanos(30);
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

    private final CountDownLatch dnsAnswers = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();

    @Test
    void theMachineIsAsked() throws IOException {
        try (SystemDnsResolver names = new SystemDnsResolver()) {
            assertThat(names.addressesOf("localhost", A_WHILE)).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
            assertThat(names.addressesOf("::1", A_WHILE)).containsExactly(InetAddress.ofLiteral("::1"));
        }
    }

    @Test
    void aNameThatIsNotKnownIsSaidToBe() {
        try (SystemDnsResolver names = new SystemDnsResolver(host -> {
            throw new UnknownHostException(host);
        })) {
            assertThatThrownBy(() -> names.addressesOf("a.test", A_WHILE)).isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void aSilentResolverHoldsNoRequestBeyondItsTimeout() {
        try (SystemDnsResolver names = new SystemDnsResolver(this::slow)) {
            assertThatThrownBy(() -> names.addressesOf("slow.test", 1)).isInstanceOf(DnsTimeoutException.class);
        }
    }

    @Test
    void aSlowNameHoldsNoOtherUp() throws IOException {
        try (SystemDnsResolver names = new SystemDnsResolver(host -> host.equals("slow.test") ? slow(host) : found())) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> names.addressesOf("slow.test", 1)).isInstanceOf(DnsTimeoutException.class);
            }
            assertThat(names.addressesOf("quick.test", A_WHILE)).containsExactly(ADDRESS);
        }
    }

    @Test
    void aNameIsLookedUpAgainOnceItsLookupIsOver() {
        try (SystemDnsResolver names = new SystemDnsResolver(this::slow)) {
            dnsAnswers.countDown();
            await().until(() -> asked(names).contains(ADDRESS) && lookups.get() > 1);
        }
    }

    @Test
    void thoseWhoAskForTheSameNameWaitForTheSameLookup() {
        try (SystemDnsResolver names = new SystemDnsResolver(this::slow)) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> names.addressesOf("slow.test", 1)).isInstanceOf(DnsTimeoutException.class);
            }
            dnsAnswers.countDown();
            assertThat(asked(names)).containsExactly(ADDRESS);
            assertThat(lookups).hasValueLessThan(3);
        }
    }

    private static List<InetAddress> asked(SystemDnsResolver names) {
        try {
            return names.addressesOf("slow.test", A_WHILE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private InetAddress[] slow(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        try {
            dnsAnswers.await();
            return found();
        } catch (InterruptedException e) {
            throw new UnknownHostException(host);
        }
    }

    private static InetAddress[] found() {
        return new InetAddress[] {ADDRESS};
    }
}
