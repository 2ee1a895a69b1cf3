package dev.pintle.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.Test;

/** What a trusted proxy says of the client is passed on, and added to. */
class TrustedPeerTest {
    private static final String SAID = """
            GET /x HTTP/1.1
            Host: h
            X-Forwarded-For: 203.0.113.7
            X-Forwarded-Proto: https
            X-Forwarded-Host: shop.example

            """.replace("\n", "\r\n");

    @Test
    void isBelieved() {
        RawUpstream.Request heard = heard("trustedProxies=127.0.0.0/8");
        assertThat(heard.field("X-Forwarded-For")).isEqualTo("203.0.113.7, 127.0.0.1");
        assertThat(heard.field("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(heard.field("X-Forwarded-Host")).isEqualTo("shop.example");
    }

    @Test
    void aStrangerIsNot() {
        RawUpstream.Request heard = heard("trustedProxies=10.0.0.0/8");
        assertThat(heard.field("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(heard.field("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(heard.field("X-Forwarded-Host")).isEqualTo("h");
    }

    private static RawUpstream.Request heard(String trusted) {
        try (RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
                TestGateway gateway = TestGateway.start(trusted);
                RawClient client = gateway.connect()) {
            gateway.route("x", "/x", upstream.url());
            client.send(SAID).until("hello");
            return upstream.requests().getFirst();
        }
    }
}
