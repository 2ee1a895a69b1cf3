package dev.pintle.policy.ratelimit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses are one client: an IPv4 address alone, all of an IPv6 /64, as that is what a household or a host gets. */
public final class ClientNetwork {
    /** What {@link InetAddress#ofLiteral} takes, but for the IPv4 forms that look like plain numbers. */
    private static final Pattern LITERAL = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:.]*:[^\\s]*");

    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** The network of an address, such as {@code 203.0.113.7} or {@code 2001:db8:0:1::/64}; null when it is no address. */
    public static @Nullable String of(String address) {
        if (!LITERAL.matcher(address).matches()) {
            return null;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(withoutZone(address));
            return literal instanceof Inet4Address ? literal.getHostAddress() : prefix(literal.getAddress());
        } catch (IllegalArgumentException e) {
            return null;
        }
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
}
