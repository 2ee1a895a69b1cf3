package dev.pintle.upstream.dns;

import dev.pintle.http.CidrSet;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exception to the egress policy: addresses that requests may reach although they are blocked by default.
 *
 * @param port the allowed port, or {@link #EVERY_PORT}
 */
record EgressAllowRule(CidrSet block, int port) {
    private static final int EVERY_PORT = 0;
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([1-9][0-9]{0,4})");

    /**
     * Parses an entry of {@code upstreamAllow}.
     *
     * @param entry an address block or a single address, optionally with a port; IPv6 with a port requires brackets
     * @throws IllegalArgumentException with a message when the entry is invalid
     */
    static EgressAllowRule of(String entry) {
        Matcher withPort = WITH_PORT.matcher(entry);
        if (!withPort.matches()) {
            return new EgressAllowRule(block(entry), EVERY_PORT);
        }
        int port = Integer.parseInt(withPort.group(3));
        if (port > 65_535) {
            throw new IllegalArgumentException("upstreamAllow: the port of \"" + entry + "\" is above 65535");
        }
        return new EgressAllowRule(block(withPort.group(1) == null ? withPort.group(2) : withPort.group(1)), port);
    }

    private static CidrSet block(String text) {
        try {
            return CidrSet.of(List.of(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("upstreamAllow: " + e.getMessage(), e);
        }
    }

    boolean holds(InetAddress address, int itsPort) {
        return (port == EVERY_PORT || port == itsPort) && block.contains(address);
    }
}
