package dev.pintle.upstream.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of one connection. {@code UpstreamResponseCases} has the invalid ones. */
class StrictResponseParserTest {
    private static final int MAX_HEAD = 8 << 10;
    private static final int MAX_HEADERS = 3;

    private final StrictResponseParser parser = new StrictResponseParser(
            Http1Config.custom().setMaxHeaderCount(MAX_HEADERS).build(), MAX_HEAD);
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(4 << 10, 0);

    private UpstreamResponse parse(InputStream stream) throws Exception {
        return (UpstreamResponse) parser.parse(buffer, stream);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(String... lines) {
        return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", lines) + (lines.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 204 No Content", "HTTP/1.1 204 ", "HTTP/1.1 204", "HTTP/1.0 204 x", "HTTP/1.1  204 x"})
    void aStatusLineHasAStatusInEachValidForm(String line) throws Exception {
        assertThat(parse(stream(line + "\r\n\r\n")).getCode()).isEqualTo(204);
    }

    @Test
    void valuesAreTrimmedAndFoldedLinesAreJoinedBySpaces() throws Exception {
        assertThat(parse(stream(head("A: \t a  b \t", "B:1\r\n \t 2\r\n\t3 ", "C:")))
                        .headers())
                .isEqualTo(Headers.of("A", "a  b", "B", "1 2 3", "C", ""));
    }

    @Test
    void theStringsOfTheHeadBeforeAreUsedAgain() throws Exception {
        String value = "x".repeat(65);
        InputStream stream =
                stream(head("Server: s", "A: 1", "B: " + value) + head("Server: s", "A: 2", "B: " + value));
        Headers first = parse(stream).headers();
        Headers second = parse(stream).headers();
        assertThat(second).isEqualTo(Headers.of("Server", "s", "A", "2", "B", value));
        assertThat(second.value(0)).isSameAs(first.value(0));
        assertThat(second.name(1)).isSameAs(first.name(1));
        assertThat(second.value(2)).as("a long value is not kept").isNotSameAs(first.value(2));
    }

    @Test
    void aHeadWithoutHeadersEndsAtTheEmptyLine() throws Exception {
        InputStream stream = stream(head() + head("A: 1"));
        assertThat(parse(stream).headers()).isEqualTo(Headers.EMPTY);
        assertThat(parse(stream).headers()).isEqualTo(Headers.of("A", "1"));
    }

    @Test
    void aHeadBeyondItsLimitsFails() {
        String folded = "A: 1" + "\r\n 23456789".repeat(MAX_HEAD / 8);
        for (String head :
                new String[] {head("A: 1", "B: 2", "C: 3", "D: 4"), head("A: " + "x".repeat(MAX_HEAD)), head(folded)}) {
            assertThatThrownBy(() -> new StrictResponseParserTest().parse(stream(head)))
                    .isInstanceOf(MessageConstraintException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", " A: 1", "A : 1", ": 1", "A: \u0001", "A: 1\r2", "A: \u007f"})
    void anInvalidHeaderFails(String line) {
        assertThatThrownBy(() -> parse(stream(head(line)))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001: 1", "B : 1", ": 1", "A: \u0001", "A: 1\u007f"})
    void aHeadIsCheckedWhereItDiffersFromTheHeadBefore(String line) throws Exception {
        InputStream stream = stream(head("A: 1") + head(line));
        parse(stream);
        assertThatThrownBy(() -> parse(stream)).isInstanceOf(ProtocolException.class);
    }
}
