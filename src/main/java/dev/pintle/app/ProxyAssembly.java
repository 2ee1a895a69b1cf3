package dev.pintle.app;

import dev.pintle.admin.api.AdminErrorHandler;
import dev.pintle.http.Chain;
import dev.pintle.http.CidrSet;
import dev.pintle.http.ErrorResponsePolicy;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.introspection.IntrospectionPolicy;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.policy.concurrency.ConcurrencyLimitPolicy;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;
import dev.pintle.policy.concurrency.PerClientConcurrencyLimit;
import dev.pintle.proxy.AsteriskFormHandler;
import dev.pintle.proxy.ExchangeDrain;
import dev.pintle.proxy.ExchangeLifecycle;
import dev.pintle.proxy.OpenExchanges;
import dev.pintle.proxy.ProxyHandler;
import dev.pintle.proxy.ProxyServlet;
import dev.pintle.proxy.RequestLinePolicy;
import dev.pintle.proxy.ServerErrorHandler;
import dev.pintle.proxy.TrustedProxies;
import dev.pintle.proxy.TunnelDrain;
import dev.pintle.proxy.TunnelOpener;
import dev.pintle.proxy.UnsupportedFeaturePolicy;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RoutingHandler;
import dev.pintle.server.GatewayServerFactory;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.telemetry.Tracing;
import dev.pintle.telemetry.otlp.OtlpTracing;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.tunnel.OpenTunnels;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The gateway's port, put together: what every request walks through before its route and after it. */
final class ProxyAssembly {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final Closer things;
    private final TraceContextExtractor traceIds;
    private final Metrics metrics;
    private final InstantSource clock;
    private final GatewayServerFactory server;
    private final TrustedProxies trustedProxies;
    private final CidrSet introspectors;

    /** @throws IllegalArgumentException with a sentence, when the configuration says what cannot be meant */
    ProxyAssembly(
            PintleConfiguration configuration,
            Environment environment,
            Closer things,
            TraceContextExtractor traceIds,
            Metrics metrics,
            InstantSource clock) {
        this.configuration = configuration;
        this.environment = environment;
        this.things = things;
        this.traceIds = traceIds;
        this.metrics = metrics;
        this.clock = clock;
        this.server = configuration.server();
        this.trustedProxies = new TrustedProxies(CidrSet.of(configuration.trustedProxies()));
        this.introspectors = configuration.introspection().peers();
    }

    /** Opens it, into the environment that will be served. */
    void open(ActiveRouteTable live, NodeStatus report, Watchdog watchdog, OpenTunnels tunnels, Ticker ticker) {
        Handler chain = Chain.of(policies(report), new RoutingHandler(live));
        AccessLog accessLog = things.opened(new AccessLog(configuration.accessLog(), clock));
        metrics.accessLogDropped(accessLog::dropped);
        ExchangeLifecycle exchanges =
                new ExchangeLifecycle(trustedProxies, traceIds, tracing(), metrics, accessLog, ticker);
        server.ticker(ticker);
        ServerErrorHandler proxyErrors = new ServerErrorHandler(exchanges);
        AdminErrorHandler adminErrors = new AdminErrorHandler(traceIds);
        server.errorHandlers(proxyErrors, adminErrors);
        server.asteriskForm(new AsteriskFormHandler(exchanges));
        OpenExchanges openExchanges = new OpenExchanges();
        environment.lifecycle().manage(openExchanges);
        ExchangeDrain drain =
                new ExchangeDrain(openExchanges, server.getShutdownGracePeriod().toJavaDuration(), Ticker.SYSTEM);
        environment.lifecycle().manage(drain);
        environment.lifecycle().manage(new TunnelDrain(tunnels, Ticker.SYSTEM));
        environment
                .lifecycle()
                .addServerLifecycleListener(jetty -> jetty.setStopTimeout(Math.max(
                        drain.longest().toMillis(),
                        OpenTunnels.longestFarewell().toMillis())));
        environment.getAdminContext().setErrorHandler(adminErrors);
        environment.getApplicationContext().setErrorHandler(proxyErrors);
        // Dropwizard's Jersey measures and listens for applications of many resources; this one has its own.
        environment.jersey().disable();
        environment
                .servlets()
                .addServlet(
                        "gateway",
                        new ProxyServlet(new ProxyHandler(
                                exchanges,
                                chain,
                                watchdog,
                                openExchanges,
                                new TunnelOpener(tunnels, exchanges, clock))))
                .addMapping("/*");
    }

    /** OpenTelemetry is not even loaded where nobody asks for it. */
    private Tracing tracing() {
        return configuration.tracing().isOn() ? things.opened(OtlpTracing.open(configuration.tracing())) : Tracing.OFF;
    }

    /** The outer chain is the same for every request: what is refused is seen like what is answered. */
    private List<Policy> policies(NodeStatus report) {
        List<Policy> policies = new ArrayList<>(List.of(
                new ErrorResponsePolicy(),
                new UnsupportedFeaturePolicy(),
                new RequestLinePolicy(),
                new IntrospectionPolicy(report, introspectors)));
        Integer perClient = configuration.maxRequestsPerClient();
        if (perClient != null) {
            policies.add(new PerClientConcurrencyLimit(perClient));
        }
        policies.add(new ConcurrencyLimitPolicy(new ConcurrencyLimiter(configuration.maxRequests())));
        return policies;
    }
}
