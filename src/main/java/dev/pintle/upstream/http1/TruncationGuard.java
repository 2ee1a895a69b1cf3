package dev.pintle.upstream.http1;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;

/**
 * The input stream of a connection for the self-delimiting parts of a response: the head, and a chunked body with its
 * trailers. It fails at the end of the stream, because such a part is then incomplete (RFC 9112 section 8).
 *
 * <p>This is a workaround: HttpCore 5.4 takes the end of the stream for the end of a line in {@code
 * SessionInputBufferImpl.readLine}, and for the end of a head or of trailers in {@code
 * AbstractMessageParser.parseHeaders}.
 * So {@code HTTP/1.1 200} and a FIN become a complete response, and so does a chunk size of {@code 0a} that is cut
 * after its
 * first digit. No issue of HttpCore is known for it. Delete this class when {@code TruncationGuardTest} shows that
 * HttpCore detects these cuts. Used by one thread.
 */
final class TruncationGuard extends InputStream {
    private final InputStream stream;
    private boolean begun;

    TruncationGuard(InputStream stream) {
        this.stream = stream;
    }

    /**
     * Starts a head.
     *
     * @param begun whether some of its bytes were read before; otherwise the stream may end without an error
     */
    void head(boolean begun) {
        this.begun = begun;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = stream.read(buffer, offset, length);
        if (read < 0 && begun) {
            throw new ConnectionClosedException("the connection ended inside a response");
        }
        begun = true;
        return read;
    }
}
