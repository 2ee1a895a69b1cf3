package dev.pintle.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The network of one client: an IPv4 address, or the /64 of an IPv6 address, because providers assign at least a /64 to each customer.
 *
 * @param text such as {@code 203.0.113.7} or {@code 2001:db8:0:1::/64}
 */
public record ClientNetwork(String text) {
    /** The forms that {@link InetAddress#ofLiteral} accepts, without IPv4 addresses that look like plain numbers. */
    private static final Pattern LITERAL = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:.]*:[^\\s]*");

    private static final int PREFIX_BYTES = 8;
    private static final int IPV4_PARTS = 4;
    private static final int MAX_PART = 255;

    /** The network of a peer. A peer without an IP address is identified by its name. */
    public static ClientNetwork of(String address) {
        ClientNetwork network = parse(address);
        return network == null ? new ClientNetwork(address) : network;
    }

    public static ClientNetwork of(InetAddress address) {
        return new ClientNetwork(
                address instanceof Inet4Address ? address.getHostAddress() : prefix(address.getAddress()));
    }

    /**
     * The network of an IP address.
     *
     * @return null if the text is no IP address
     */
    public static @Nullable ClientNetwork parse(String address) {
        if (isCanonicalIpv4(address)) {
            return new ClientNetwork(address);
        }
        if (!LITERAL.matcher(address).matches()) {
            return null;
        }
        try {
            return of(InetAddress.ofLiteral(withoutZone(address)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Most addresses are in this form: they need no parsing. */
    private static boolean isCanonicalIpv4(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if (!isCanonicalPart(text, start, end)) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == IPV4_PARTS;
    }

    private static boolean isCanonicalPart(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            return false;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            value = value * 10 + digit - '0';
        }
        return value <= MAX_PART;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static String prefix(byte[] address) {
        StringBuilder text = new StringBuilder(24);
        for (int i = 0; i < PREFIX_BYTES; i += 2) {
            text.append(Integer.toHexString(((address[i] & 0xff) << 8) | (address[i + 1] & 0xff)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
