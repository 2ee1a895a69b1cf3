package dev.pintle.telemetry;

import java.time.Instant;

/**
 * The format of {@link Instant#toString}, cheap for many instants of one second: it keeps the text of the second. Safe
 * for all threads.
 */
final class InstantFormat {
    private static final int MICRO = 1_000;
    private static final int MILLI = 1_000_000;
    private static final int ONE = 1_000_000_000;

    private volatile Second latest = Second.of(0);

    /** Appends an instant. */
    void append(StringBuilder text, Instant instant) {
        long number = instant.getEpochSecond();
        int nanos = instant.getNano();
        Second second = latest;
        if (second.number != number) {
            second = Second.of(number);
            latest = second;
        }
        text.append(second.text);
        if (nanos != 0) {
            appendFraction(text, nanos);
        }
        text.append('Z');
    }

    /** Appends three, six or nine decimals, as few as show the whole value. */
    private static void appendFraction(StringBuilder text, int nanos) {
        int unit = nanos % MILLI == 0 ? MILLI : nanos % MICRO == 0 ? MICRO : 1;
        int point = text.length();
        // The leading 1 keeps the zeros after it, and the point replaces it.
        text.append((ONE + nanos) / unit).setCharAt(point, '.');
    }

    /**
     * A second.
     *
     * @param number since the epoch
     * @param text without the time zone
     */
    private record Second(long number, String text) {
        static Second of(long number) {
            String text = Instant.ofEpochSecond(number).toString();
            return new Second(number, text.substring(0, text.length() - 1));
        }
    }
}
