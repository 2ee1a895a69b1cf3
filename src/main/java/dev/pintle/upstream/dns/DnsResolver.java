package dev.pintle.upstream.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** What names mean now. Safe for all threads. */
@FunctionalInterface
public interface DnsResolver {
    /**
     * All addresses of a host, the preferred first; of a literal, the address that it is.
     *
     * @param nanos how long the answer is waited for
     * @throws java.net.UnknownHostException when there is none of that name
     * @throws java.net.SocketTimeoutException when that is not known in time
     */
    List<InetAddress> addressesOf(String host, long nanos) throws IOException;
}
