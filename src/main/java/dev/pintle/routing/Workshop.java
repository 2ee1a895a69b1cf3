package dev.pintle.routing;

import dev.pintle.policy.Lasting;
import dev.pintle.policy.limit.Permits;
import dev.pintle.policy.limit.RateLimits;
import dev.pintle.policy.resilience.RetryBudget;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Pause;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.Destinations;
import dev.pintle.upstream.TlsContexts;
import dev.pintle.upstream.Upstreams;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What routes are made with, and what they remember: state that belongs to a route's id and outlives its tables. Safe for
 * all threads.
 *
 * @param random is used by all threads
 */
public record Workshop(
        Upstreams upstreams,
        TlsContexts tls,
        Destinations destinations,
        RateLimits rateLimits,
        Lasting<RetryBudget> retryBudgets,
        Lasting<Permits> permits,
        Metrics metrics,
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        Pause pause) {

    /** A workshop where nothing is remembered yet. */
    public Workshop(
            Upstreams upstreams,
            TlsContexts tls,
            Destinations destinations,
            RateLimits rateLimits,
            Metrics metrics,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {
        this(
                upstreams,
                tls,
                destinations,
                rateLimits,
                new Lasting<>(),
                new Lasting<>(),
                metrics,
                ticker,
                clock,
                random,
                Pause.SLEEP);
    }

    /** Forgets a route that is no more. */
    void forget(String route) {
        upstreams.forget(route);
        rateLimits.off(route);
        retryBudgets.forget(route);
        permits.forget(route);
        metrics.forget(route);
    }
}
