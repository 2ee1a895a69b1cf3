package dev.pintle.policy;

import dev.pintle.http.OutboundClient;
import dev.pintle.identity.Identities;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.externalauth.DecisionCache;
import dev.pintle.policy.maintenance.ClosedRoutes;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.telemetry.SecretParameters;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The components of a node that policies use. Safe for all threads.
 *
 * @param decisions of authorization services
 * @param tunnels bounds the open tunnels of the node
 * @param secretParameters the query parameters that the access log hides
 * @param random safe for all threads
 */
public record PolicyServices(
        Identities identities,
        RateLimiterRegistry rateLimits,
        ConcurrencyLimiter tunnels,
        ClosedRoutes closed,
        OutboundClient outbound,
        DecisionCache decisions,
        SecretParameters secretParameters,
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        Sleeper sleeper) {}
