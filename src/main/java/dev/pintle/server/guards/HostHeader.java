package dev.pintle.server.guards;

import java.net.Inet6Address;

/**
 * The grammar of {@code Host} and of the authority in a request target (RFC 9110 section 7.2, RFC 3986 section 3.2),
 * without user information. Jetty's check rejects an empty port, and logs the values that it rejects.
 */
public final class HostHeader {
    /** RFC 3986 section 3.2.2 limits names to the length that DNS allows. */
    private static final int MAX_HOST_LENGTH = 255;

    private static final int MAX_PORT_LENGTH = 9;
    private static final int MAX_PORT = 65_535;

    /** The characters of a name other than letters, digits and percent-encoded bytes (RFC 3986 section 3.2.2). */
    private static final String NAME_MARKS = "-._~!$&'()*+,;=";

    private HostHeader() {}

    /**
     * Returns whether a value is a host with an optional port. An empty value is none, because a target of http or https
     * has a host (RFC 9110 section 4.2.1).
     */
    public static boolean isValid(String value) {
        boolean literal = value.startsWith("[");
        int end = literal ? value.indexOf(']') + 1 : nameEnd(value);
        boolean host = literal ? isIpv6(value, end) : end > 0 && end <= MAX_HOST_LENGTH;
        return host && (end == value.length() || (value.charAt(end) == ':' && isPort(value, end + 1)));
    }

    private static int nameEnd(String value) {
        int end = 0;
        while (end < value.length()) {
            char c = value.charAt(end);
            if (isLetterOrDigit(c) || NAME_MARKS.indexOf(c) >= 0) {
                end++;
            } else if (c == '%' && isHex(value, end + 1) && isHex(value, end + 2)) {
                end += 3;
            } else {
                return end;
            }
        }
        return end;
    }

    private static boolean isIpv6(String value, int end) {
        for (int i = 1; i < end - 1; i++) {
            if (!isHex(value, i) && value.charAt(i) != ':' && value.charAt(i) != '.') {
                return false;
            }
        }
        try {
            Inet6Address.ofLiteral(value.substring(1, Math.max(1, end - 1)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(String value, int start) {
        int port = 0;
        for (int i = start; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i - start == MAX_PORT_LENGTH) {
                return false;
            }
            port = port * 10 + digit;
        }
        return start == value.length() || (port > 0 && port <= MAX_PORT);
    }

    private static boolean isHex(String value, int index) {
        return index < value.length() && value.charAt(index) < 0x80 && Character.digit(value.charAt(index), 16) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
