package dev.pintle.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of the scanner does not depend on the number of buffers. */
class RequestLineScannerTest {
    private final RequestLineScanner scanner = new RequestLineScanner();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String faultByByte(String line) {
        String fault = null;
        for (int i = 0; i < line.length() && fault == null; i++) {
            fault = scanner.fault(bytes(line.substring(i, i + 1)));
        }
        return fault;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "\r\n\r\nGET / HTTP/1.0\r\n",
                "GET /a:b HTTP/1.1\n",
                "PRI * HTTP/2.0\r\n",
                "GET / HTTP/9.9\r\n",
                "GET / HTTP/1.7\r\n:not a request line"
            })
    void aValidLineHasNoFault(String line) {
        assertThat(scanner.fault(bytes(line))).isNull();
        scanner.reset();
        assertThat(faultByByte(line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":GET / HTTP/1.1\r\n",
                "\r\n:GET / HTTP/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET /  HTTP/1.1\r\n",
                "GET /\r\n",
                "GET /\n",
                "GET / \r\n",
                "GET / HTTP/1\r\n",
                "GET / HTTP/11\r\n",
                "GET / HTTP/1.22\r\n",
                "GET / http/1.1\r\n",
                "GET / HTTP/1.1 \r\n"
            })
    void aMalformedLineHasAFault(String line) {
        assertThat(scanner.fault(bytes(line))).isNotNull();
        scanner.reset();
        assertThat(faultByByte(line)).isNotNull();
    }

    @Test
    void aLaterMinorVersionBecomesOneForTheParser() {
        ByteBuffer line = bytes("GET /1.2 HTTP/1.2\r\n");
        assertThat(scanner.fault(line)).isNull();
        assertThat(StandardCharsets.ISO_8859_1.decode(line).toString()).isEqualTo("GET /1.2 HTTP/1.1\r\n");
    }

    @Test
    void bytesAfterTheLineAreNotScanned() {
        ByteBuffer pipelined = bytes("GET / HTTP/1.1\r\nX: a  b HTTP/1.2\r\n");
        assertThat(scanner.fault(pipelined)).isNull();
        assertThat(StandardCharsets.ISO_8859_1.decode(pipelined).toString())
                .isEqualTo("GET / HTTP/1.1\r\nX: a  b HTTP/1.2\r\n");
    }
}
