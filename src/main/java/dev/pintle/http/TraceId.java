package dev.pintle.http;

/**
 * The id of an exchange in logs, responses and upstream requests.
 *
 * @param hex 32 lower-case hexadecimal digits, not all zero (W3C Trace Context section 3.2.2.3)
 */
public record TraceId(String hex) {
    private static final int LENGTH = 32;

    public TraceId {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("a trace id is 32 lower-case hex digits, not all zero");
        }
    }

    public static boolean isValid(String hex) {
        boolean zero = true;
        for (int i = 0; i < hex.length(); i++) {
            char digit = hex.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
            zero &= digit == '0';
        }
        return hex.length() == LENGTH && !zero;
    }

    @Override
    public String toString() {
        return hex;
    }
}
