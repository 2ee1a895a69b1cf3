package dev.pintle.policy.retry;

import dev.pintle.http.Body;
import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A request body that can be read again from its start as long as what was read of it fits in a bound: octets are kept as
 * they pass by, and what was not read yet still comes from the wire. So the first attempt waits for nothing.
 */
final class ReplayableBody implements Body {
    private static final int FIRST_ROOM = 1 << 10;

    private final Body wire;
    private final int bound;
    private final InputStream stream = new Replay();
    private byte[] kept = new byte[0];
    private int size;
    private int position;
    private boolean whole = true;

    /** @param bound octets that are kept at most */
    ReplayableBody(Body wire, int bound) {
        this.wire = wire;
        this.bound = bound;
    }

    @Override
    public long length() {
        return wire.length();
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Headers trailers() {
        return wire.trailers();
    }

    @Override
    public boolean rewind() {
        if (whole) {
            position = 0;
        }
        return whole;
    }

    @Override
    public void close() {
        wire.close();
    }

    private void keep(byte[] octets, int offset, int length) {
        if (whole && size + length <= bound) {
            if (size + length > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(bound, Math.max(FIRST_ROOM, 2 * (size + length))));
            }
            System.arraycopy(octets, offset, kept, size, length);
            size += length;
        } else {
            whole = false;
            kept = new byte[0];
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
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (position < size) {
                int replayed = Math.min(length, size - position);
                System.arraycopy(kept, position, octets, offset, replayed);
                position += replayed;
                return replayed;
            }
            int read = wire.stream().read(octets, offset, length);
            if (read > 0) {
                keep(octets, offset, read);
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return position < size ? size - position : wire.stream().available();
        }
    }
}
