package dev.pintle.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;

/** A body of any length whose every octet is known, so that neither side has to keep it. */
public final class LargeBody {
    /** Not a multiple of anybody's buffer: octets that are lost or doubled do not fall on their like. */
    private static final byte[] PATTERN = new byte[(1 << 20) + 7];

    private static final int PIECE = 64 << 10;

    static {
        new Random(1).nextBytes(PATTERN);
    }

    private LargeBody() {}

    public static void write(OutputStream out, long length) throws IOException {
        for (long at = 0; at < length; ) {
            int from = (int) (at % PATTERN.length);
            int octets = (int) Math.min(length - at, Math.min(PIECE, PATTERN.length - from));
            out.write(PATTERN, from, octets);
            at += octets;
        }
        out.flush();
    }

    /**
     * Reads one to its end.
     *
     * @throws IOException when it ends early or is another
     */
    public static void check(InputStream in, long length) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < length; ) {
            int from = (int) (at % PATTERN.length);
            int octets = in.read(piece, 0, (int) Math.min(length - at, Math.min(PIECE, PATTERN.length - from)));
            if (octets < 0) {
                throw new EOFException("cut after " + at + " of " + length + " octets");
            }
            if (!Arrays.equals(piece, 0, octets, PATTERN, from, from + octets)) {
                throw new IOException("another body, between octets " + at + " and " + (at + octets));
            }
            at += octets;
        }
    }

    /** An upstream that takes such a body with a POST, and gives one to a GET. */
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
