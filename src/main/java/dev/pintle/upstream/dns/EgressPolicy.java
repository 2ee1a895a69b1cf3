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
 * The destinations that requests may reach. Private networks are allowed, because upstreams run there. Addresses that
 * no upstream has are blocked. A route or a DNS answer therefore cannot direct requests to a cloud's metadata service
 * or to the gateway itself. The operator may allow blocked addresses individually. Thread-safe.
 */
public final class EgressPolicy {
    /** The names of the blocked ranges, and the ranges; the first range that contains an address gives the name. */
    private static final Map<String, CidrSet> CLOSED = closed();

    private final List<EgressAllowRule> allowed;
    private volatile Set<Integer> ownPorts = Set.of();

    /**
     * Allows all addresses except the blocked ones.
     *
     * @param allowed exceptions: blocks such as {@code 169.254.0.0/16}, or with a port
     *     {@code 127.0.0.1:8081} and {@code [::1]:8081}
     * @throws IllegalArgumentException with a message when an entry is invalid
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

    /** Registers the ports on which the server listens. */
    public void ownPorts(Set<Integer> ports) {
        ownPorts = Set.copyOf(ports);
    }

    /** The reason why an address is blocked, such as "link-local"; empty when it is allowed. */
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
            // When the local addresses are unknown, assume the worst case.
            return true;
        }
    }
}
