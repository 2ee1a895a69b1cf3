package dev.pintle.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;

/** A body of any length whose bytes are predictable, so that neither side has to store it. */
public final class LargeBody {
    /** Not a multiple of a buffer size, so that lost or repeated bytes change the content. */
    private static final byte[] PATTERN = new byte[(1 << 20) + 7];

    private static final int PIECE = 64 << 10;

    static {
        new Random(1).nextBytes(PATTERN);
    }

    private LargeBody() {}

    public static void write(OutputStream out, long length) throws IOException {
        for (long at = 0; at < length; ) {
            int from = (int) (at % PATTERN.length);
            int bytes = (int) Math.min(length - at, Math.min(PIECE, PATTERN.length - from));
            out.write(PATTERN, from, bytes);
            at += bytes;
        }
        out.flush();
    }

    /**
     * Reads a body to its end.
     *
     * @throws IOException when it ends early or differs
     */
    public static void check(InputStream in, long length) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < length; ) {
            int from = (int) (at % PATTERN.length);
            int bytes = in.read(piece, 0, (int) Math.min(length - at, Math.min(PIECE, PATTERN.length - from)));
            if (bytes < 0) {
                throw new EOFException("cut off after " + at + " of " + length + " bytes");
            }
            if (!Arrays.equals(piece, 0, bytes, PATTERN, from, from + bytes)) {
                throw new IOException("another body, between bytes " + at + " and " + (at + bytes));
            }
            at += bytes;
        }
    }

    /** Creates an upstream that accepts such a body with POST, and returns one for GET. */
    public static RawUpstream.Conduct of(long length) {
        return connection -> {
            for (RawUpstream.Request head = connection.head(); head != null; head = connection.head()) {
                if (head.method().equals("POST")) {
                    check(connection.in(), length);
                    connection.answer(200, "whole");
                } else {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                    write(connection.out(), length);
                }
            }
        };
    }
}
