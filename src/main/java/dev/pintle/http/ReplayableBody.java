package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A request body that can be read again while the part that was read fits into a limit. It stores bytes as they pass
 * and reads the rest from the client. The first attempt therefore does not wait for the whole body.
 */
public final class ReplayableBody implements Body {
    private static final int INITIAL_CAPACITY = 1 << 10;

    private final Body source;
    private final int bound;
    private final InputStream stream = new Replay();
    private byte[] buffer = new byte[0];
    private int size;
    private int position;
    private boolean complete = true;

    /**
     * Creates a replayable body.
     *
     * @param bound the maximum number of stored bytes
     */
    public ReplayableBody(Body source, int bound) {
        this.source = source;
        this.bound = bound;
    }

    @Override
    public long length() {
        return source.length();
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Headers trailers() {
        return source.trailers();
    }

    @Override
    public boolean rewind() {
        if (complete) {
            position = 0;
        }
        return complete;
    }

    @Override
    public void close() {
        source.close();
    }

    private void store(byte[] bytes, int offset, int length) {
        if (complete && size + length <= bound) {
            if (size + length > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(bound, Math.max(INITIAL_CAPACITY, 2 * (size + length))));
            }
            System.arraycopy(bytes, offset, buffer, size, length);
            size += length;
        } else {
            complete = false;
            buffer = new byte[0];
            size = 0;
        }
        position = size;
    }

    private final class Replay extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position < size) {
                int replayed = Math.min(length, size - position);
                System.arraycopy(buffer, position, bytes, offset, replayed);
                position += replayed;
                return replayed;
            }
            int read = source.stream().read(bytes, offset, length);
            if (read > 0) {
                store(bytes, offset, read);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return position < size ? size - position : source.stream().available();
        }
    }
}
