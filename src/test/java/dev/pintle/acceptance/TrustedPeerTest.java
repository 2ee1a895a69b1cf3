package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.Test;

/** The gateway forwards and extends the forwarding headers of a trusted proxy. */
class TrustedPeerTest {
    private static final String SAID = """
            GET /x HTTP/1.1
            Host: h
            X-Forwarded-For: 203.0.113.7
            X-Forwarded-Proto: https
            X-Forwarded-Host: shop.example

            """.replace("\n", "\r\n");

    @Test
    void aTrustedPeerIsBelieved() {
        RawUpstream.Request received = received("trustedProxies=127.0.0.0/8", SAID);
        assertThat(received.field("X-Forwarded-For")).isEqualTo("203.0.113.7, 127.0.0.1");
        assertThat(received.field("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(received.field("X-Forwarded-Host")).isEqualTo("shop.example");
        assertThat(received.field("X-Forwarded-Port")).isEqualTo("443");
        assertThat(received.field("Forwarded"))
                .isEqualTo("for=203.0.113.7;host=\"shop.example\";proto=https, for=127.0.0.1");
    }

    @Test
    void anUntrustedPeerIsNot() {
        RawUpstream.Request received = received("trustedProxies=10.0.0.0/8", SAID);
        assertThat(received.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(received.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(received.field("X-Forwarded-Host")).isEqualTo("h");
        assertThat(received.field("X-Forwarded-Port")).isEqualTo("80");
        assertThat(received.field("Forwarded")).isEqualTo("for=127.0.0.1;host=\"h\";proto=http");
    }

    /** Many load balancers forward the Forwarded header of the client. */
    @Test
    void forwardedIsReplacedAndAgreesWithTheOtherHeaders() {
        String output = SAID.replace("\r\n\r\n", "\r\nForwarded: for=6.6.6.6;host=evil.example;proto=http\r\n\r\n");
        RawUpstream.Request received = received("trustedProxies=127.0.0.0/8", output);
        assertThat(received.field("Forwarded"))
                .isEqualTo("for=203.0.113.7;host=\"shop.example\";proto=https, for=127.0.0.1");
    }

    @Test
    void everyHopOfAChainIsListedOnce() {
        String output = SAID.replace("203.0.113.7", "6.6.6.6, \"[2001:db8::7]:443\", 127.9.9.9:80")
                .replace("Proto: https", "Proto: https, http")
                .replace("shop.example", "shop.example:8443, 127.9.9.9");
        RawUpstream.Request received = received("trustedProxies=127.0.0.0/8", output);
        assertThat(received.field("X-Forwarded-For"))
                .isEqualTo("6.6.6.6, \"[2001:db8::7]:443\", 127.9.9.9:80, 127.0.0.1");
        assertThat(received.field("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(received.field("X-Forwarded-Host")).isEqualTo("shop.example:8443");
        assertThat(received.field("X-Forwarded-Port")).isEqualTo("8443");
        assertThat(received.field("Forwarded"))
                .isEqualTo(
                        "for=\"[2001:db8::7]\";host=\"shop.example:8443\";proto=https, for=127.9.9.9, for=127.0.0.1");
    }

    private static RawUpstream.Request received(String trusted, String request) {
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway gateway = TestGateway.start(trusted);
                RawClient client = gateway.connect()) {
            gateway.route("x", "/x", upstream.url());
            client.send(request).until("hello");
            return upstream.requests().getFirst();
        }
    }
}
