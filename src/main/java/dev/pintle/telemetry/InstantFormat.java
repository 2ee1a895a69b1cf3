package dev.pintle.telemetry;

import java.time.Instant;

/**
 * The format of {@link Instant#toString}, cheap for many instants of one second: it keeps the text of the second. Safe
 * for all threads.
 */
final class InstantFormat {
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private volatile Second latest = Second.of(0);

    /** Appends an instant. */
    void append(StringBuilder text, Instant instant) {
        long epochSecond = instant.getEpochSecond();
        int nanos = instant.getNano();
        Second second = latest;
        if (second.epochSecond != epochSecond) {
            second = Second.of(epochSecond);
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
        int unit = nanos % NANOS_PER_MILLI == 0 ? NANOS_PER_MILLI : nanos % NANOS_PER_MICRO == 0 ? NANOS_PER_MICRO : 1;
        int point = text.length();
        // The leading 1 keeps the zeros after it, and the point replaces it.
        text.append((NANOS_PER_SECOND + nanos) / unit).setCharAt(point, '.');
    }

    /**
     * A second since the epoch.
     *
     * @param text without the time zone
     */
    private record Second(long epochSecond, String text) {
        static Second of(long epochSecond) {
            String text = Instant.ofEpochSecond(epochSecond).toString();
            return new Second(epochSecond, text.substring(0, text.length() - 1));
        }
    }
}
