package dev.pintle.app;

import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.policy.ratelimit.RedisMetrics;
import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisUri;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.upstream.ProtocolClients;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.discovery.DnsClient;
import dev.pintle.upstream.discovery.DnsTargetLookup;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.dns.SystemDnsResolver;
import dev.pintle.upstream.http1.ConnectionPool;
import dev.pintle.upstream.http1.Http1UpstreamClient;
import dev.pintle.upstream.http2.Http2UpstreamClient;
import dev.pintle.upstream.target.UpstreamClient;
import dev.pintle.upstream.tls.ClientCertificates;
import dev.pintle.upstream.tls.ClientTlsCache;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** Opens the components that routes use: upstreams, rate limiters, and client certificates. */
final class RuntimeAssembly {
    private final PintleConfiguration configuration;
    private final Closer resources;
    private final Metrics metrics;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final EgressPolicy egressPolicy;
    private final ClientCertificates clientCertificates;
    private final DnsClient dns;

    /** Fails on invalid configuration before it opens any resource. */
    RuntimeAssembly(
            PintleConfiguration configuration,
            Closer resources,
            Metrics metrics,
            InstantSource clock,
            RandomGenerator random) {
        this.configuration = configuration;
        this.resources = resources;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
        this.egressPolicy = new EgressPolicy(configuration.upstreamAllow());
        this.dns = configuration.dns().client();
        this.clientCertificates = new ClientCertificates(configuration.clientCertificates());
    }

    /**
     * Opens the runtime.
     *
     * @param nodes the number of live nodes
     * @param ticker the ticker for upstreams
     */
    RouteRuntime runtime(IntSupplier nodes, Watchdog watchdog, OpenTunnels tunnels, Ticker ticker) {
        Dialer dialer = new Dialer(resources.opened(new SystemDnsResolver()), egressPolicy, ticker);
        ConnectionPool connections =
                resources.opened(new ConnectionPool(dialer, configuration.maxResponseHeaderBytes()));
        Http2UpstreamClient http2 = resources.opened(
                new Http2UpstreamClient(dialer, watchdog, Ticker.SYSTEM, configuration.maxResponseHeaderBytes()));
        UpstreamClient client =
                new ProtocolClients(new Http1UpstreamClient(connections, watchdog), http2, Ticker.SYSTEM);
        UpstreamRegistry upstreams = resources.opened(new UpstreamRegistry(
                client, new DnsTargetLookup(dns, egressPolicy), Ticker.SYSTEM, ticker, clock, random));
        metrics.connections(upstreams::connections);
        return new RouteRuntime(
                upstreams,
                new ClientTlsCache(clientCertificates),
                egressPolicy,
                rateLimits(nodes),
                new ConcurrencyLimiter(configuration.tunnels().max()),
                tunnels,
                metrics,
                ticker,
                clock,
                random);
    }

    /** @param nodes the number of live nodes */
    private RateLimiterRegistry rateLimits(IntSupplier nodes) {
        int maxBuckets = configuration.rateLimits().maxBuckets();
        RedisUri url = configuration.rateLimits().redis();
        if (url == null) {
            return new RateLimiterRegistry(Ticker.SYSTEM, metrics, maxBuckets);
        }
        Redis redis =
                resources.opened(new Redis(url, RateLimiterRegistry.probe(), Ticker.SYSTEM, new RedisMetrics(metrics)));
        return new RateLimiterRegistry(Ticker.SYSTEM, maxBuckets, redis, nodes);
    }

    /** Keeps requests away from the ports of this node, which are unknown before the start if config.yml sets port 0. */
    void blockPorts(Server server) {
        egressPolicy.ownPorts(Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(connector -> ((NetworkConnector) connector).getLocalPort())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
