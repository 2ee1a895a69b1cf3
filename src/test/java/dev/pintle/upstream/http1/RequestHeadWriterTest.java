package dev.pintle.upstream.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.upstream.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.junit.jupiter.api.Test;

class RequestHeadWriterTest {
    private final RequestHeadWriter writer = new RequestHeadWriter();

    private String written(String... headers) throws IOException {
        GatewayRequest request = new GatewayRequest("GET", "http", "h", "/a", "b=c", Headers.of(headers), Body.EMPTY);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(64);
        writer.write(new UpstreamRequest(Target.of("http://t/p", 1), request), buffer, wire);
        buffer.flush(wire);
        return wire.toString(StandardCharsets.ISO_8859_1);
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

    @Test
    void eachHeadOfAConnectionIsWholeHoweverLongTheOthersAre() throws Exception {
        for (String value : new String[] {"1", "x".repeat(200), "y".repeat(5_000), "2"}) {
            assertThat(written("A", value)).isEqualTo("GET /p/a?b=c HTTP/1.1\r\nHost: h\r\nA: " + value + "\r\n\r\n");
        }
    }
}
