package dev.pintle.upstream.dns;

import dev.pintle.http.CidrSet;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that requests may go to although they are closed.
 *
 * @param port the one port that is meant, or {@link #EVERY_PORT}
 */
record EgressAllowRule(CidrSet block, int port) {
    private static final int EVERY_PORT = 0;
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):([1-9][0-9]{0,4})");

    /**
     * What an entry of {@code upstreamAllow} allows.
     *
     * @param entry a block of addresses or a single one, perhaps with a port; with one, IPv6 stands in brackets
     * @throws IllegalArgumentException with a sentence, when it is no such thing
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
