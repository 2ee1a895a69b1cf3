package dev.pintle.regression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import org.junit.jupiter.api.Test;

/** Jetty's header cache gave a later request the value of an earlier one that differed only in case. */
class ConnectionHeadersTest {
    @Test
    void aValueIsNotReplacedByAnEarlierOneInAnotherCase() {
        try (TestGateway gateway = TestGateway.start();
                RawUpstream upstream = RawUpstream.that(RawUpstream.answers(200, "ok"));
                RawClient client = gateway.connect()) {
            gateway.route("x", "/x", upstream.url());
            for (String value : new String[] {"ab", "AB", "Ab"}) {
                client.send("GET /x HTTP/1.1\r\nHost: h\r\nX-Id: " + value + "\r\nAccept: " + value + "\r\n\r\n")
                        .until("ok");
            }

            assertThat(upstream.requests())
                    .extracting(request -> request.field("X-Id"))
                    .containsExactly("ab", "AB", "Ab");
            assertThat(upstream.requests())
                    .extracting(request -> request.field("Accept"))
                    .containsExactly("ab", "AB", "Ab");
        }
    }
}
