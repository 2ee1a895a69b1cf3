package dev.pintle.exchange;

import java.util.regex.Pattern;

/**
 * The id that one exchange carries through logs, answers and upstreams.
 *
 * @param hex 32 lower-case hexadecimal digits, not all zero (W3C Trace Context section 3.2.2.3)
 */
public record TraceId(String hex) {
    private static final Pattern FORM = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    public TraceId {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("a trace id is 32 lower-case hex digits, not all zero");
        }
    }

    public static boolean isValid(String hex) {
        return FORM.matcher(hex).matches();
    }

    @Override
    public String toString() {
        return hex;
    }
}
