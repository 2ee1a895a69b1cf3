package dev.pintle.server.guards;

import java.net.Inet6Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of {@code Host} and of the authority in a request target (RFC 9110 section 7.2, RFC 3986 section 3.2),
 * without user information. Jetty's check rejects an empty port, and logs the values that it rejects.
 */
public final class HostHeader {
    /** RFC 3986 section 3.2.2 limits names to the length that DNS allows. */
    private static final int MAX_HOST_LENGTH = 255;

    private static final int MAX_PORT_LENGTH = 9;
    private static final int MAX_PORT = 65_535;

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::([0-9]*))?");

    private HostHeader() {}

    /** Returns whether a value is a host with an optional port. An empty value is valid for a target without a host. */
    public static boolean isValid(String value) {
        // Checks the length first, because the pattern recurses for each character.
        if (value.length() > MAX_HOST_LENGTH + 1 + MAX_PORT_LENGTH) {
            return false;
        }
        Matcher authority = AUTHORITY.matcher(value);
        return authority.matches() && isHost(authority.group(1)) && isPort(authority.group(2));
    }

    private static boolean isHost(String host) {
        return host.startsWith("[") ? isIpv6(host.substring(1, host.length() - 1)) : host.length() <= MAX_HOST_LENGTH;
    }

    private static boolean isIpv6(String address) {
        try {
            Inet6Address.ofLiteral(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return true;
        }
        int port = digits.length() > MAX_PORT_LENGTH ? -1 : Integer.parseInt(digits);
        return port > 0 && port <= MAX_PORT;
    }
}
