package dev.pintle.upstream.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadWriterTest {
    private final RequestHeadWriter writer = new RequestHeadWriter();

    private String written(String... headers) throws IOException {
        return String.join("", writes(ReceivedContent.NONE, headers));
    }

    private List<String> writes(ReceivedContent content, String... headers) throws IOException {
        GatewayRequest request = new GatewayRequest("GET", "http", "h", "/a", "b=c", Headers.of(headers), Body.EMPTY);
        UpstreamRequest message = new UpstreamRequest(Target.of("http://t/p", 1), request);
        message.setContent(content);
        List<String> writes = new ArrayList<>();
        OutputStream wire = new OutputStream() {
            @Override
            public void write(int b) {
                writes.add(String.valueOf((char) b));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            }
        };
        SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(64);
        writer.write(message, buffer, wire);
        buffer.flush(wire);
        return writes;
    }

    @Test
    void eachCharIsOneByteAndALineBreakIsASpace() throws Exception {
        assertThat(written("A", "\u0080\u009f\u00ff", "B", "1\r\nC: 2"))
                .isEqualTo("GET /p/a?b=c HTTP/1.1\r\nHost: h\r\nA: \u0080\u009f\u00ff\r\nB: 1  C: 2\r\n\r\n");
    }

    @Test
    void aCharThatIsNoByteIsNotWritten() {
        assertThatThrownBy(() -> written("A", "\u010a")).isInstanceOf(CharacterCodingException.class);
    }

    /** A head of up to 1 KiB is copied into the array of the body. */
    @ParameterizedTest
    @ValueSource(ints = {1, 900, 980, 990, 1_000, 5_000})
    void aBodyFollowsItsHeadInTheSameWrite(int length) throws Exception {
        String value = "x".repeat(length);
        byte[] body = "0123456789".repeat(1_000).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(writes(ReceivedContent.of(Body.of(body), body.length), "A", value))
                .containsExactly("GET /p/a?b=c HTTP/1.1\r\nHost: h\r\nA: " + value + "\r\n\r\n"
                        + new String(body, StandardCharsets.ISO_8859_1));
    }

    @Test
    void eachHeadOfAConnectionIsWholeHoweverLongTheOthersAre() throws Exception {
        for (String value : new String[] {"1", "x".repeat(200), "y".repeat(5_000), "2"}) {
            assertThat(written("A", value)).isEqualTo("GET /p/a?b=c HTTP/1.1\r\nHost: h\r\nA: " + value + "\r\n\r\n");
        }
    }
}
