package dev.pintle.routing.table;

import dev.pintle.policy.PerRouteState;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.policy.retry.RetryBudget;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.tls.ClientTlsCache;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What routes are made with, and what they remember: state that belongs to a route's id and outlives its tables. Safe for
 * all threads.
 *
 * @param random is used by all threads
 */
public record RouteRuntime(
        UpstreamRegistry upstreams,
        ClientTlsCache tls,
        EgressPolicy destinations,
        RateLimiterRegistry rateLimits,
        PerRouteState<RetryBudget> retryBudgets,
        PerRouteState<ConcurrencyLimiter> permits,
        Metrics metrics,
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        Sleeper pause) {

    /** A workshop where nothing is remembered yet. */
    public RouteRuntime(
            UpstreamRegistry upstreams,
            ClientTlsCache tls,
            EgressPolicy destinations,
            RateLimiterRegistry rateLimits,
            Metrics metrics,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {
        this(
                upstreams,
                tls,
                destinations,
                rateLimits,
                new PerRouteState<>(),
                new PerRouteState<>(),
                metrics,
                ticker,
                clock,
                random,
                Sleeper.SLEEP);
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
