package dev.pintle.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;

/** What names mean now. Safe for all threads. */
@FunctionalInterface
public interface Names {
    /** The machine's resolver: its hosts file and DNS. The JVM remembers answers as {@link #rememberBriefly} says. */
    Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses of a host, the preferred first; of a literal, the address that it is. */
    List<InetAddress> addressesOf(String host) throws UnknownHostException;

    /**
     * Makes the JVM forget: an answer after 10 s, or after 5 min as long as the resolver is away, and that there is none after
     * 2 s. Works only before the process has looked up a name.
     */
    static void rememberBriefly() {
        Security.setProperty("networkaddress.cache.ttl", "10");
        Security.setProperty("networkaddress.cache.stale.ttl", "300");
        Security.setProperty("networkaddress.cache.negative.ttl", "2");
    }
}
