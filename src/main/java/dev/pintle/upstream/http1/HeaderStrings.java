package dev.pintle.upstream.http1;

import dev.pintle.http.HttpToken;
import java.util.Arrays;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header names and values of one connection. Uses equal strings of the previous head again, without a new check: names have
 * even places there, and values odd ones. Used by one thread.
 */
final class HeaderStrings {
    private static final int KEPT = 24;
    private static final int LONGEST = 64;

    /** name, value, name, value … of the previous head. */
    private final @Nullable String[] kept = new String[KEPT];

    /** A copy of the compared string, because {@link Arrays#equals} compares many characters at once. */
    private final char[] chars = new char[LONGEST];

    private int next;

    /** Starts the next head. */
    void restart() {
        next = 0;
    }

    /**
     * Returns the name of the next header, which starts its line.
     *
     * @throws ProtocolException when it is not a token
     */
    String name(CharArrayBuffer line, int end) throws ProtocolException {
        String repeated = repeated(line, 0, end);
        if (repeated != null) {
            return repeated;
        }
        String name = line.substring(0, end);
        if (!HttpToken.matches(name)) {
            throw new ProtocolException("a header whose name is not a token");
        }
        return keep(name);
    }

    /**
     * Returns the value of the header with the name that {@link #name} returned: a part of the same line.
     *
     * @throws ProtocolException when it contains a control character
     */
    String value(String name, CharArrayBuffer line, int start, int end) throws ProtocolException {
        String repeated = repeated(line, start, end);
        if (repeated != null) {
            return repeated;
        }
        String value = line.substring(start, end);
        for (int i = 0; i < value.length(); i++) {
            if ((value.charAt(i) < ' ' && value.charAt(i) != '\t') || value.charAt(i) == 0x7f) {
                throw new ProtocolException("a control character in the header " + name);
            }
        }
        return keep(value);
    }

    /** The string at this place of the previous head if it equals a part of a line; otherwise null. */
    private @Nullable String repeated(CharArrayBuffer line, int start, int end) {
        String previous = next < KEPT ? kept[next] : null;
        if (previous == null || previous.length() != end - start) {
            return null;
        }
        previous.getChars(0, previous.length(), chars, 0);
        if (!Arrays.equals(chars, 0, previous.length(), line.array(), start, end)) {
            return null;
        }
        next++;
        return previous;
    }

    private String keep(String text) {
        if (next < KEPT && text.length() <= LONGEST) {
            kept[next] = text;
        }
        next++;
        return text;
    }
}
