package dev.pintle.telemetry;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connections of this node to one target, as a snapshot.
 *
 * @param target its scheme, host and port
 * @param protocol its name in ALPN: {@link #HTTP1} or {@link #HTTP2}
 * @param connections those that are open, idle ones included
 * @param streams the requests and WebSockets in progress on them
 */
public record ConnectionUsage(String target, String protocol, int connections, int streams) {
    public static final String HTTP1 = "http/1.1";
    public static final String HTTP2 = "h2";

    private static final Comparator<ConnectionUsage> ORDER =
            Comparator.comparing(ConnectionUsage::target).thenComparing(ConnectionUsage::protocol);

    /** Adds up the connections to the same target, and drops targets without connections. Sorted by target. */
    public static List<ConnectionUsage> merged(Stream<ConnectionUsage> parts) {
        return parts
                .collect(Collectors.toMap(
                        part -> List.of(part.target, part.protocol), part -> part, ConnectionUsage::plus))
                .values()
                .stream()
                .filter(usage -> usage.connections > 0)
                .sorted(ORDER)
                .toList();
    }

    private ConnectionUsage plus(ConnectionUsage other) {
        return new ConnectionUsage(target, protocol, connections + other.connections, streams + other.streams);
    }
}
