package dev.pintle.upstream.http2;

import dev.pintle.http.Body;
import dev.pintle.http.Headers;
import dev.pintle.upstream.upload.BodyEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.util.Blocker;

/** Sends a request body in DATA frames as it arrives. Used by one thread. */
final class Http2BodyEncoder implements BodyEncoder {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 16 << 10;

    private final Stream stream;
    private final Runnable onWrite;
    private final boolean announced;
    /** Grows on demand, so that thousands of slow uploads do not hold a large buffer each. */
    private byte[] buffer = new byte[LEAST];

    private long left;
    private int filled;

    /**
     * Creates the encoder of one body.
     *
     * @param length the announced length in bytes, or {@link Body#UNKNOWN}
     * @param onWrite runs after each write
     */
    Http2BodyEncoder(Stream stream, long length, Runnable onWrite) {
        this.stream = stream;
        this.onWrite = onWrite;
        this.announced = length != Body.UNKNOWN;
        this.left = announced ? length : Long.MAX_VALUE;
    }

    @Override
    public boolean fill(InputStream body) throws IOException {
        if (body.available() > buffer.length) {
            buffer = new byte[MOST];
        }
        filled = left == 0 ? -1 : body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (filled < 0 && announced && left > 0) {
            throw new IOException(left + " bytes of it are missing");
        }
        left -= Math.max(filled, 0);
        return filled >= 0;
    }

    /** The last bytes of an announced length end the stream. */
    @Override
    public void write() throws IOException {
        if (filled > 0) {
            send(ByteBuffer.wrap(buffer, 0, filled), left == 0);
            onWrite.run();
        }
    }

    @Override
    public void end(Headers trailers) throws IOException {
        if (left == 0) {
            return;
        }
        if (trailers.isEmpty()) {
            send(ByteBuffer.allocate(0), true);
            return;
        }
        HttpFields.Mutable fields = HttpFields.build();
        trailers.forEach(fields::add);
        MetaData end = new MetaData(HttpVersion.HTTP_2, fields);
        try (Blocker.Callback sent = Blocker.callback()) {
            stream.headers(new HeadersFrame(stream.getId(), end, null, true), sent);
            await(sent);
        }
    }

    /** Waits while the windows of the target are closed. */
    private void send(ByteBuffer content, boolean last) throws IOException {
        try (Blocker.Callback sent = Blocker.callback()) {
            stream.data(new DataFrame(stream.getId(), content, last), sent);
            await(sent);
        }
    }

    /** Jetty fails a write with exceptions of all kinds, such as {@code RetryableStreamException} after a GOAWAY. */
    private static void await(Blocker.Callback sent) throws IOException {
        try {
            sent.block();
        } catch (RuntimeException e) {
            throw new IOException("the target takes no more of the request", e);
        }
    }
}
