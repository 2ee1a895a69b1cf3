package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway checks the handshake of the upstream before the client receives it (RFC 6455 section 4.1). */
class WebSocketHandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final WebSocketHandshake handshake = WebSocketHandshake.of(
            KEY,
            Headers.of(
                    "Sec-WebSocket-Protocol", "chat, soap",
                    "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits,"));

    /** The example of RFC 6455 section 1.3. */
    @Test
    void theAcceptOfTheSampleKeyIsThatOfTheRfc() {
        assertThat(WebSocketHandshake.accept(KEY)).isEqualTo(ACCEPT);
    }

    @Test
    void theOffersOfTheClientAreRead() {
        assertThat(handshake.protocols()).containsExactly("chat", "soap");
        assertThat(handshake.extensions()).containsExactly("permessage-deflate");
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, h2c, does not switch to WebSocket",
        "Connection, close, does not switch to WebSocket",
        "Sec-WebSocket-Accept, other, does not fit",
        "Content-Length, 0, announces content",
        "Transfer-Encoding, chunked, announces content",
        "Sec-WebSocket-Protocol, wamp, subprotocol",
        "Sec-WebSocket-Protocol, 'chat,soap', subprotocol",
        "Sec-WebSocket-Extensions, x-other, extension",
    })
    void anAnswerThatTheClientDidNotAskForIsRefused(String header, String value, String fault) {
        assertThat(handshake.faultOf(answer(header, value)).orElseThrow()).contains(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Other, 1",
        "Sec-WebSocket-Protocol, soap",
        "Sec-WebSocket-Extensions, permessage-deflate; server_no_context_takeover",
    })
    void anAnswerThatFitsPasses(String header, String value) {
        assertThat(handshake.faultOf(answer(header, value))).isEmpty();
    }

    /** Returns a valid answer with one header replaced or added. */
    private static Headers answer(String header, String value) {
        List<String> fields = new ArrayList<>(
                List.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", ACCEPT));
        int index = fields.indexOf(header);
        if (index >= 0) {
            fields.set(index + 1, value);
        } else {
            fields.addAll(List.of(header, value));
        }
        return Headers.of(fields.toArray(String[]::new));
    }
}
