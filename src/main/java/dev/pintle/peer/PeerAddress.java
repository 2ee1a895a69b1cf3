package dev.pintle.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The admin port of one peer, or of every address of a DNS name.
 *
 * @param everyAddress whether each address of the host is a peer
 */
public record PeerAddress(String host, int port, boolean everyAddress) {
    private static final Pattern FORM = Pattern.compile("(dns:)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Parses {@code host:port} or {@code dns:name:port}.
     *
     * @throws IllegalArgumentException when it is neither; the message is for the operator
     */
    public static PeerAddress parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(3));
            if (port >= 1 && port <= HIGHEST_PORT) {
                return new PeerAddress(parts.group(2), port, parts.group(1) != null);
            }
        }
        throw new IllegalArgumentException("peers has \"" + text
                + "\"; write the admin port of a node as host:port, or of all addresses of a name as dns:name:port");
    }

    /** The peers as host and port of a URL; none when the name is unknown. */
    Stream<String> authorities() {
        if (!everyAddress) {
            return Stream.of(host + ':' + port);
        }
        try {
            return addresses().stream()
                    .map(InetAddress::getHostAddress)
                    .map(address -> (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + port);
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }

    private List<InetAddress> addresses() throws UnknownHostException {
        return Arrays.asList(InetAddress.getAllByName(host));
    }

    @Override
    public String toString() {
        return (everyAddress ? "dns:" : "") + host + ':' + port;
    }
}
