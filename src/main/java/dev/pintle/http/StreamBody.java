package dev.pintle.http;

import java.io.IOException;
import java.io.InputStream;

/** A body that is its own stream, and reads several bytes at once. */
public abstract class StreamBody extends InputStream implements Body {
    @Override
    public final InputStream stream() {
        return this;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int size) throws IOException;

    @Override
    public abstract void close();
}
