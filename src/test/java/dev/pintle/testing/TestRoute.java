package dev.pintle.testing;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.policy.retry.RetryBudget;
import dev.pintle.policy.retry.RetryPolicy;
import dev.pintle.policy.retry.RetrySettings;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Sleeper;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.Attempt;
import dev.pintle.upstream.UpstreamRegistry;
import dev.pintle.upstream.UpstreamSettings;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerSettings;
import dev.pintle.upstream.circuitbreaker.CircuitStatus;
import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.http1.ConnectionPool;
import dev.pintle.upstream.http1.Http1UpstreamClient;
import dev.pintle.upstream.loadbalancing.HashKey;
import dev.pintle.upstream.loadbalancing.LoadBalancing;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The retry policy, the attempt and the upstream client of a route, wired like in a node, with real connections. A test
 * changes its settings as an operator edits a route: the state stays.
 */
public final class TestRoute implements Handler, AutoCloseable {
    public static final String ID = "users";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Metrics metrics = new Metrics(registry);
    private final ConnectionPool connections;
    private final Watchdog watchdog;
    private final Random random = new Random(1);
    private final UpstreamRegistry upstreams;
    private final RetryBudget budget;

    private List<Target> targets;
    private LoadBalancing balancing = LoadBalancing.ROUND_ROBIN;
    private HashKey hashOn = HashKey.CLIENT;
    private @Nullable HealthCheckSettings healthCheck;
    private @Nullable OutlierDetectionSettings outlierDetection;
    private @Nullable CircuitBreakerSettings circuitBreaker;
    private int retries = 2;
    private Timeouts timeouts = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private Sleeper pause = time -> {};
    private volatile Handler chain;

    private TestRoute(Ticker ticker, Ticker attemptTicker, Ticker wireTicker, List<Target> targets) {
        this.targets = targets;
        this.connections = new ConnectionPool(
                new Dialer(
                        (host, nanos) -> List.of(InetAddress.getAllByName(host)),
                        new EgressPolicy(List.of()),
                        wireTicker),
                8 << 10);
        this.watchdog = new Watchdog(wireTicker);
        this.upstreams = new UpstreamRegistry(
                new Http1UpstreamClient(connections, watchdog),
                TestLookup.NONE,
                ticker,
                attemptTicker,
                InstantSource.system(),
                random);
        this.budget = new RetryBudget(20, ticker);
        this.chain = compile();
    }

    /** Creates a route to these upstreams, with two retries and no other settings. Back-off takes no time. */
    public static TestRoute to(RawUpstream... upstreams) {
        return to(Ticker.SYSTEM, upstreams);
    }

    /** Creates a route with a ticker for the circuit breaker, outlier detection and the retry budget. */
    public static TestRoute to(Ticker ticker, RawUpstream... upstreams) {
        return new TestRoute(ticker, ticker, Ticker.SYSTEM, targetsOf(upstreams));
    }

    /** Creates a route with another ticker for attempts and connections. */
    public static TestRoute to(Ticker ticker, Ticker attemptTicker, RawUpstream... upstreams) {
        return new TestRoute(ticker, attemptTicker, attemptTicker, targetsOf(upstreams));
    }

    private static List<Target> targetsOf(RawUpstream... upstreams) {
        return Stream.of(upstreams)
                .map(upstream -> Target.of(upstream.url(), 1))
                .toList();
    }

    public TestRoute targets(RawUpstream... upstreams) {
        targets = targetsOf(upstreams);
        return recompile();
    }

    /** Sets a single target that is not a {@link RawUpstream}. */
    public TestRoute target(String url) {
        targets = List.of(Target.of(url, 1));
        return recompile();
    }

    public TestRoute balancing(LoadBalancing other, HashKey key) {
        balancing = other;
        hashOn = key;
        return recompile();
    }

    public TestRoute healthCheck(HealthCheckSettings settings) {
        healthCheck = settings;
        return recompile();
    }

    public TestRoute outlierDetection(OutlierDetectionSettings settings) {
        outlierDetection = settings;
        return recompile();
    }

    public TestRoute circuitBreaker(int failures, Duration cooldown, int trials) {
        circuitBreaker = new CircuitBreakerSettings(failures, cooldown, trials);
        return recompile();
    }

    public TestRoute retries(int max) {
        retries = max;
        return recompile();
    }

    public TestRoute timeouts(Timeouts other) {
        timeouts = other;
        return recompile();
    }

    public TestRoute pause(Sleeper other) {
        pause = other;
        return recompile();
    }

    /** Compiles the route again, as after an edit. */
    public TestRoute recompile() {
        chain = compile();
        upstreams.activated(ID);
        return this;
    }

    private Handler compile() {
        Attempt attempt = upstreams.attempt(
                ID,
                new UpstreamSettings(targets, null, balancing, hashOn, healthCheck, outlierDetection, circuitBreaker),
                timeouts,
                metrics.route(ID));
        RetrySettings settings = new RetrySettings(
                retries,
                Duration.ofMillis(25),
                Duration.ofMillis(250),
                Set.of("connect", "reset", "timeout", "502", "503", "504"),
                Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"),
                64 << 10);
        return new RetryPolicy(settings, budget, metrics.route(ID), random, InstantSource.system(), pause)
                .around(attempt);
    }

    @Override
    public GatewayResponse handle(Exchange exchange) {
        return chain.handle(exchange);
    }

    public UpstreamRegistry upstreams() {
        return upstreams;
    }

    public List<CircuitStatus> circuits() {
        return upstreams.circuits();
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Returns the metrics of a scrape. */
    public String scrape() {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
            return text.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        upstreams.close();
        watchdog.close();
        connections.close();
    }
}
