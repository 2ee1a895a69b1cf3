package dev.pintle.upstream.discovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The discovery of a route, as a snapshot.
 *
 * @param targets the URLs of the current targets
 * @param answeredAt the time of the latest answer; null without one
 * @param fault why the latest lookup has no effect, as the end of a sentence; null when it has
 */
public record DiscoveryStatus(
        String route,
        DiscoveryQuery query,
        List<String> targets,
        @Nullable Instant answeredAt,
        @Nullable String fault) {
    public DiscoveryStatus {
        targets = List.copyOf(targets);
    }
}
