package dev.pintle.upstream.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address from DNS.
 *
 * @param weight its share, 1 or more
 */
public record Endpoint(InetAddress address, int port, int weight) {
    /** Address and port as in a URL. */
    String authority() {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? '[' + host + ']' : host) + ':' + port;
    }
}
