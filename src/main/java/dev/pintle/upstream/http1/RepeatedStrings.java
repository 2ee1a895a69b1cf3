package dev.pintle.upstream.http1;

import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first short strings of the previous head of a connection. Most heads repeat them, so the next head uses them again
 * instead of equal copies. Used by one thread.
 */
final class RepeatedStrings {
    private static final int KEPT = 24;
    private static final int LONGEST = 64;

    private final @Nullable String[] kept = new String[KEPT];
    private int next;

    /** Starts the next head. */
    void restart() {
        next = 0;
    }

    /** Returns the next string of the head: a part of a line. */
    String of(CharArrayBuffer line, int start, int end) {
        int place = next++;
        if (place >= KEPT || end - start > LONGEST) {
            return line.substring(start, end);
        }
        String previous = kept[place];
        if (previous == null || !isPart(previous, line, start, end)) {
            previous = line.substring(start, end);
            kept[place] = previous;
        }
        return previous;
    }

    private static boolean isPart(String text, CharArrayBuffer line, int start, int end) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != line.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }
}
