package dev.pintle.upstream.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncationGuardTest {
    private static final String CUT_HEAD = "HTTP/1.1 200";
    private static final String CUT_CHUNK_SIZE = "0";

    /** When this test fails, HttpCore has been mended: delete {@link TruncationGuard}. */
    @Test
    void httpCoreTakesTheEndOfTheStreamForTheEndOfAHead() throws Exception {
        ClassicHttpResponse response =
                new DefaultHttpResponseParser(Http1Config.DEFAULT).parse(buffer(), stream(CUT_HEAD));
        assertThat(response.getCode()).isEqualTo(200);
    }

    /** When this test fails, HttpCore has been mended: delete {@link TruncationGuard}. */
    @Test
    void httpCoreTakesTheEndOfTheStreamForTheEndOfAChunkSizeAndOfTrailers() throws Exception {
        assertThat(new ChunkedInputStream(buffer(), stream(CUT_CHUNK_SIZE)).read())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                CUT_HEAD,
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\n",
                "HTTP/1.1 200 OK\r\n\r",
                "\r"
            })
    void aHeadThatIsCutFails(String cut) {
        assertThatThrownBy(() -> new StrictResponseParser(Http1Config.DEFAULT, 8 << 10).parse(buffer(), stream(cut)))
                .isInstanceOf(ConnectionClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {CUT_CHUNK_SIZE, "0\r", "0\r\n", "0\r\nA: 1\r\n", "0\r\n\r", "1\r\nx\r", "1\r\nx\r\n0;a=b"})
    void aChunkedBodyThatIsCutFails(String cut) throws Exception {
        UpstreamResponse response = (UpstreamResponse) new StrictResponseParser(Http1Config.DEFAULT, 8 << 10)
                .parse(buffer(), stream("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + cut));
        InputStream content = response.content(StrictResponseFraming.lengthOf(response));
        assertThatThrownBy(content::readAllBytes).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void aStreamWithoutAByteIsNoCutResponse() throws Exception {
        assertThat(new StrictResponseParser(Http1Config.DEFAULT, 8 << 10).parse(buffer(), stream("")))
                .isNull();
    }

    private static SessionInputBuffer buffer() {
        return new SessionInputBufferImpl(4 << 10, 0);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
