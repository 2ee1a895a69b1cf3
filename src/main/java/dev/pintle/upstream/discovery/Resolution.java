package dev.pintle.upstream.discovery;

import java.time.Duration;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param endpoints each address and port once; empty when the name has no usable address
 * @param ttl how long the answer is valid
 */
public record Resolution(List<Endpoint> endpoints, Duration ttl) {
    public Resolution {
        endpoints = List.copyOf(endpoints);
    }
}
