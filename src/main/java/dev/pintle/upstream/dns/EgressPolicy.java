package dev.pintle.upstream.dns;

import dev.pintle.http.CidrSet;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go. Private networks are open, as upstreams live there; addresses that no upstream has are closed, so
 * that a route, or whoever answers for a name in DNS, cannot make the gateway ask a cloud's metadata service or the gateway
 * itself. The operator may open them one by one. Safe for all threads.
 */
public final class EgressPolicy {
    /** What closed blocks are called, and the blocks; the first that holds an address names it. */
    private static final Map<String, CidrSet> CLOSED = closed();

    private final List<EgressAllowRule> allowed;
    private volatile Set<Integer> ownPorts = Set.of();

    /**
     * All addresses but the closed ones.
     *
     * @param allowed what is open all the same: blocks such as {@code 169.254.0.0/16}, or with a port
     *     {@code 127.0.0.1:8081} and {@code [::1]:8081}
     * @throws IllegalArgumentException with a sentence, when an entry cannot be read
     */
    public EgressPolicy(List<String> allowed) {
        this.allowed = allowed.stream().map(EgressAllowRule::of).toList();
    }

    private static Map<String, CidrSet> closed() {
        Map<String, CidrSet> closed = new LinkedHashMap<>();
        closed.put(
                "a cloud's metadata service",
                CidrSet.of(List.of(
                        "169.254.169.254",
                        "169.254.170.2",
                        "169.254.170.23",
                        "fd00:ec2::254",
                        "fd00:ec2::23",
                        "fd20:ce::254",
                        "100.100.100.200",
                        "168.63.129.16",
                        "192.0.0.192")));
        closed.put("link-local", CidrSet.of(List.of("169.254.0.0/16", "fe80::/10")));
        closed.put("unspecified", CidrSet.of(List.of("0.0.0.0/8", "::/128")));
        closed.put("multicast", CidrSet.of(List.of("224.0.0.0/4", "ff00::/8")));
        closed.put("broadcast", CidrSet.of(List.of("255.255.255.255")));
        return closed;
    }

    /** The server listens at these ports from now on. */
    public void ownPorts(Set<Integer> ports) {
        ownPorts = Set.copyOf(ports);
    }

    /** What closes an address: "link-local", say; empty when requests may go there. */
    public Optional<String> closedBecause(InetAddress address, int port) {
        if (isAllowed(address, port)) {
            return Optional.empty();
        }
        return EmbeddedIpv4Addresses.of(address).stream()
                .filter(reading -> !isAllowed(reading, port))
                .map(reading -> nameOf(reading, port))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean isAllowed(InetAddress address, int port) {
        return allowed.stream().anyMatch(allowance -> allowance.holds(address, port));
    }

    private Optional<String> nameOf(InetAddress address, int port) {
        if (ownPorts.contains(port) && isOwn(address)) {
            return Optional.of("the gateway itself");
        }
        return CLOSED.entrySet().stream()
                .filter(entry -> entry.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isOwn(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return true;
        }
        try {
            @Nullable NetworkInterface itsInterface = NetworkInterface.getByInetAddress(address);
            return itsInterface != null;
        } catch (SocketException e) {
            // A machine that cannot tell its addresses is taken at its worst.
            return true;
        }
    }
}
