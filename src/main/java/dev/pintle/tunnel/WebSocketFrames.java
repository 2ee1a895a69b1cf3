package dev.pintle.tunnel;

/**
 * Finds the boundaries of the frames in one direction of a WebSocket (RFC 6455 section 5.2). It reads the frame heads and
 * keeps no payload. Used by one thread at a time.
 */
final class WebSocketFrames {
    private static final int OPCODE = 0x0f;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;

    private int headBytes;
    private int lengthEnd;
    private int headEnd;
    private boolean close;
    private boolean closeSeen;
    private long payload;

    /** Whether a new frame may begin here. */
    boolean atBoundary() {
        return headBytes == 0 && payload == 0;
    }

    /** Whether a Close frame began. No frame may follow it. */
    boolean closeSeen() {
        return closeSeen;
    }

    /**
     * Passes over the first {@code length} bytes.
     *
     * @param stop whether to stop at the first boundary, which may be at the start
     * @return the number of bytes that it passed over
     */
    int advance(byte[] buffer, int length, boolean stop) {
        int at = 0;
        while (at < length && !(stop && atBoundary())) {
            if (headBytes == 0 && payload > 0) {
                int skipped = (int) Math.min(payload, length - at);
                payload -= skipped;
                at += skipped;
            } else {
                head(buffer[at] & 0xff);
                at++;
            }
        }
        return at;
    }

    private void head(int value) {
        if (headBytes == 0) {
            close = (value & OPCODE) == CLOSE;
        } else if (headBytes == 1) {
            int length = value & LENGTH;
            lengthEnd = 2 + (length == TWO_BYTES ? 2 : length == EIGHT_BYTES ? 8 : 0);
            headEnd = lengthEnd + ((value & MASKED) == 0 ? 0 : MASK_BYTES);
            payload = length < TWO_BYTES ? length : 0;
        } else if (headBytes < lengthEnd) {
            payload = payload << 8 | value;
        }
        headBytes++;
        if (headBytes >= 2 && headBytes == headEnd) {
            headBytes = 0;
            closeSeen |= close;
        }
    }
}
