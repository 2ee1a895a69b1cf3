package dev.pintle.policy.grpcweb;

import dev.pintle.http.Body;
import dev.pintle.http.Headers;
import dev.pintle.http.StreamBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * The body of a gRPC-Web response. Browsers cannot read trailers, so these become a last frame with the flag 0x80. The
 * text form encodes each piece in Base64 with padding of its own. Used by one thread.
 */
final class WebBody extends StreamBody {
    private static final byte TRAILERS = (byte) 0x80;
    private static final int PIECE = 6 << 10;

    private final Body body;
    private final boolean text;
    private final byte[] piece = new byte[PIECE];
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private boolean ended;

    WebBody(Body body, boolean text) {
        this.body = body;
        this.text = text;
    }

    @Override
    public long length() {
        return UNKNOWN;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (!ready.hasRemaining()) {
            if (ended) {
                return -1;
            }
            ready = next();
        }
        int read = Math.min(size, ready.remaining());
        ready.get(buffer, offset, read);
        return read;
    }

    private ByteBuffer next() throws IOException {
        int read = body.stream().read(piece, 0, PIECE);
        ended = read < 0;
        byte[] bytes = ended ? frame(body.trailers()) : Arrays.copyOf(piece, read);
        return ByteBuffer.wrap(text ? Base64.getEncoder().encode(bytes) : bytes);
    }

    private static byte[] frame(Headers trailers) {
        StringBuilder lines = new StringBuilder();
        trailers.forEach((name, value) -> lines.append(name.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(value)
                .append("\r\n"));
        byte[] content = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(1 + Integer.BYTES + content.length)
                .put(TRAILERS)
                .putInt(content.length)
                .put(content)
                .array();
    }

    @Override
    public int available() throws IOException {
        return ready.hasRemaining()
                ? ready.remaining()
                : ended ? 0 : body.stream().available();
    }

    @Override
    public boolean brokeOff() {
        return body.brokeOff();
    }

    @Override
    public void close() {
        body.close();
    }
}
