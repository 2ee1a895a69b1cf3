package dev.pintle.upstream.http1;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * The input stream of a connection while a response head is read. It fails when the head exceeds its limit. HttpCore
 * limits only the line length and the number of lines, whose product is much larger. Used by one thread.
 */
final class HeadSizeLimit extends InputStream {
    private final InputStream stream;
    private final int limit;
    private int read;

    /** @param limit bytes of a head, including bytes that are read together with its end */
    HeadSizeLimit(InputStream stream, int limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /** Starts a head. */
    void head() {
        read = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = stream.read(buffer, offset, length);
        read += Math.max(count, 0);
        if (read > limit) {
            throw new MessageConstraintException("Maximum head size exceeded");
        }
        return count;
    }
}
