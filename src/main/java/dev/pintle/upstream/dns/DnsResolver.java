package dev.pintle.upstream.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Resolves host names. Thread-safe. */
@FunctionalInterface
public interface DnsResolver {
    /**
     * Returns all addresses of a host, preferred ones first; for an address literal, that address.
     *
     * @param nanos the timeout
     * @throws java.net.UnknownHostException when the name does not exist
     * @throws DnsTimeoutException when no answer arrives in time
     */
    List<InetAddress> addressesOf(String host, long nanos) throws IOException;
}
