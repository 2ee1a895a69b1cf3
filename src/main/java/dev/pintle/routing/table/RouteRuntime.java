package dev.pintle.routing.table;

import dev.pintle.config.DocumentCache;
import dev.pintle.identity.ConsumerDirectory;
import dev.pintle.identity.Identities;
import dev.pintle.identity.IdentityProviders;
import dev.pintle.policy.PerRouteState;
import dev.pintle.policy.PolicyServices;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.externalauth.DecisionCache;
import dev.pintle.policy.maintenance.ClosedRoutes;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.routing.RouteSchema;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.SecretParameters;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.tunnel.TunnelEnd;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.tls.ClientTlsCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The components that routes use, and the state per route id, which outlives revisions. Safe for all threads. */
public record RouteRuntime(
        DocumentCache documents,
        UpstreamRegistry upstreams,
        ClientTlsCache tls,
        EgressPolicy destinations,
        PolicyServices services,
        PerRouteState states,
        OpenTunnels tunnels,
        Metrics metrics) {

    /**
     * Creates the runtime without state.
     *
     * @param random safe for all threads
     */
    public RouteRuntime(
            UpstreamRegistry upstreams,
            ClientTlsCache tls,
            EgressPolicy destinations,
            RateLimiterRegistry rateLimits,
            ConcurrencyLimiter tunnelLimit,
            OpenTunnels tunnels,
            Metrics metrics,
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random) {
        DocumentCache documents = new DocumentCache(RouteSchema.SCHEMA);
        IdentityProviders providers = new IdentityProviders(documents, upstreams.documents()::fetch, ticker, clock);
        this(
                documents,
                upstreams,
                tls,
                destinations,
                new PolicyServices(
                        new Identities(new ConsumerDirectory(documents), providers, ticker, clock),
                        rateLimits,
                        tunnelLimit,
                        new ClosedRoutes(),
                        upstreams::send,
                        new DecisionCache(ticker),
                        new SecretParameters(),
                        ticker,
                        clock,
                        random,
                        Sleeper.SLEEP),
                new PerRouteState(),
                tunnels,
                metrics);
    }

    public Identities identities() {
        return services.identities();
    }

    /** The query parameters that the access log hides. */
    public SecretParameters secretParameters() {
        return services.secretParameters();
    }

    public RateLimiterRegistry rateLimits() {
        return services.rateLimits();
    }

    /** The routes that operators closed. */
    public ClosedRoutes closed() {
        return services.closed();
    }

    /** Returns the reading of the ticker of policies after the given time. */
    public long endAfter(Duration left) {
        return services.ticker().nanos() + left.toNanos();
    }

    public InstantSource clock() {
        return services.clock();
    }

    /** Releases the state of a route that this node rejects, except its metrics. */
    void release(String route) {
        upstreams.forget(route);
        states.release(route);
    }

    /** Releases the state of a route that is no longer active. */
    void forget(String route) {
        release(route);
        metrics.forget(route);
    }

    /** Ends the tunnels of a route that was removed or disabled. */
    void endTunnels(String route) {
        tunnels.goAway(tunnel -> tunnel.route().equals(route), TunnelEnd.ROUTE);
    }
}
