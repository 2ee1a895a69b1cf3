package dev.pintle.upstream.discovery;

import dev.pintle.time.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the targets of one route on its own virtual thread, again whenever the TTL of the answer ends. When the
 * resolver fails, the last targets stay. Thread-safe.
 */
public final class TargetDiscovery implements AutoCloseable {
    /** The bounds of a TTL. */
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private static final Duration CEILING = Duration.ofMinutes(5);
    /** The longest time until the next lookup after a rejected answer or a failure. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final double JITTER = 0.1;
    private static final Logger LOG = LoggerFactory.getLogger(TargetDiscovery.class);

    private final String route;
    private final DiscoveryQuery query;
    private final TargetLookup lookup;
    private final RandomGenerator random;
    private final Sleeper pause;
    private final InstantSource clock;
    private final SecondLook secondLook = new SecondLook();
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private volatile List<Endpoint> endpoints = List.of();
    private volatile @Nullable Instant answeredAt;
    private volatile @Nullable String fault;
    private volatile boolean isClosed;
    private @Nullable Thread thread;

    public TargetDiscovery(
            String route,
            DiscoveryQuery query,
            TargetLookup lookup,
            RandomGenerator random,
            Sleeper pause,
            InstantSource clock) {
        this.route = route;
        this.query = query;
        this.lookup = lookup;
        this.random = random;
        this.pause = pause;
        this.clock = clock;
    }

    public DiscoveryQuery query() {
        return query;
    }

    /** The addresses of the latest accepted answer. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Why the latest lookup has no effect, as the end of a sentence; null when it has. */
    public @Nullable String fault() {
        return fault;
    }

    /** The state for operators. */
    public DiscoveryStatus status(List<String> targets) {
        return new DiscoveryStatus(route, query, targets, answeredAt, fault);
    }

    /** Waits for the end of the first lookup. */
    public void awaitFirstLook(Duration timeout) {
        try {
            var _ = firstLook.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts the lookups, unless they run already.
     *
     * @param changed runs after each change of the addresses, on the thread of the lookups
     */
    public synchronized void start(Runnable changed) {
        if (thread == null) {
            thread = Thread.ofVirtual().name("discovery of " + query).start(() -> run(changed));
        }
    }

    private void run(Runnable changed) {
        try {
            while (!isClosed) {
                Duration next = look(changed);
                firstLook.countDown();
                pause.of(next.plusNanos((long) (next.toNanos() * JITTER * random.nextDouble())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Performs one lookup, and returns the time until the next one. */
    Duration look(Runnable changed) {
        try {
            Resolution found = lookup.lookUp(query);
            if (isClosed) {
                return SOON;
            }
            Duration ttl = clamp(found.ttl());
            answeredAt = clock.instant();
            if (secondLook.believes(endpoints, found.endpoints())) {
                adopt(found.endpoints(), changed);
                return ttl;
            }
            Duration next = shorter(ttl, SOON);
            fail("the latest answer lacks more than half of the targets; a second one must confirm it");
            return next;
        } catch (IOException | RuntimeException e) {
            // The end of the discovery interrupts its lookup.
            if (!isClosed) {
                fail("the resolver failed: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
            return SOON;
        }
    }

    private void adopt(List<Endpoint> found, Runnable changed) {
        boolean isChanged = !found.equals(endpoints);
        if (isChanged) {
            LOG.info(
                    "Route {}: DNS ({}) changed the targets from {} to {}.",
                    route,
                    query,
                    names(endpoints),
                    names(found));
            endpoints = found;
        }
        if (found.isEmpty()) {
            fail("DNS has no usable address for it");
        } else if (fault != null) {
            fault = null;
            LOG.info("Route {}: the discovery of {} works again.", route, query);
        }
        if (isChanged) {
            changed.run();
        }
    }

    private static List<String> names(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::authority).toList();
    }

    /** Records the fault of a lookup, keeps the targets, and logs the fault once, until it changes. */
    private void fail(String reason) {
        if (reason.equals(fault)) {
            return;
        }
        fault = reason;
        if (endpoints.isEmpty()) {
            LOG.warn(
                    "Route {} has no target: discovery of {}: {}. Its requests get 503 no-healthy-target. Check"
                            + " upstream.discovery of the route, dns.resolver in config.yml, and the record: dig {} {}",
                    route,
                    query,
                    reason,
                    query.type(),
                    query.name());
        } else {
            LOG.warn(
                    "Route {}: discovery of {}: {}. Keeping the {} known targets.",
                    route,
                    query,
                    reason,
                    endpoints.size());
        }
    }

    private static Duration clamp(Duration ttl) {
        return ttl.compareTo(FLOOR) < 0 ? FLOOR : shorter(ttl, CEILING);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Ends the lookups. The addresses stay. */
    @Override
    public synchronized void close() {
        isClosed = true;
        firstLook.countDown();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
