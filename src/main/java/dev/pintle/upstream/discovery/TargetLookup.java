package dev.pintle.upstream.discovery;

import java.io.IOException;

/** Looks up the addresses of targets. Thread-safe. */
@FunctionalInterface
public interface TargetLookup {
    /**
     * Returns the current answer. It waits for the resolver, at most some seconds.
     *
     * @throws IOException when the resolver does not answer or reports an error
     */
    Resolution lookUp(DiscoveryQuery query) throws IOException;
}
