package dev.pintle.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the content of a message strictly.
 *
 * @param trailers the lines after the last chunk
 */
record ContentReader(String bytes, List<String> trailers) {
    static final ContentReader NONE = new ContentReader("", List.of());

    /** Reads this many bytes. */
    static ContentReader sized(InputStream in, int length) throws IOException {
        return new ContentReader(exactly(in, length), List.of());
    }

    /** Reads all bytes until the stream ends. */
    static ContentReader untilEnd(InputStream in) throws IOException {
        return new ContentReader(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1), List.of());
    }

    /**
     * Reads chunked content.
     *
     * @throws ProtocolException when a chunk is malformed
     */
    static ContentReader chunked(InputStream in) throws IOException {
        StringBuilder bytes = new StringBuilder();
        while (true) {
            int size = size(line(in));
            if (size == 0) {
                return new ContentReader(bytes.toString(), lines(in));
            }
            bytes.append(exactly(in, size));
            String end = exactly(in, 2);
            if (!end.equals("\r\n")) {
                throw new ProtocolException("a chunk ends with " + OutputFaults.visible(end));
            }
        }
    }

    /** Reads lines until an empty one. */
    static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    /** Reads a line up to CRLF; a bare CR or LF is part of it. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (!endsWithCrlf(line)) {
            line.append(exactly(in, 1));
        }
        return line.substring(0, line.length() - 2);
    }

    private static boolean endsWithCrlf(StringBuilder line) {
        int length = line.length();
        return length >= 2 && line.charAt(length - 2) == '\r' && line.charAt(length - 1) == '\n';
    }

    private static int size(String line) throws ProtocolException {
        if (!line.matches("[0-9A-Fa-f]{1,7}(;[^\\x00-\\x08\\x0a-\\x1f]*)?")) {
            throw new ProtocolException("a chunk begins with " + OutputFaults.visible(line));
        }
        return Integer.parseInt(line.split(";", 2)[0], 16);
    }

    private static String exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut off after " + bytes.length + " of " + length + " bytes");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
