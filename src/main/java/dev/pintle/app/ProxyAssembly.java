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
import dev.pintle.policy.concurrency.PerRouteConcurrencyLimit;
import dev.pintle.policy.grpc.GrpcPolicy;
import dev.pintle.proxy.AsteriskFormHandler;
import dev.pintle.proxy.ExchangeDrain;
import dev.pintle.proxy.ExchangeLifecycle;
import dev.pintle.proxy.ExtendedConnectPolicy;
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
import dev.pintle.server.guards.NodeConnectionLimit;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.SecretParameters;
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

/** Assembles the gateway port: the filters and policies that apply to every request before its route. */
final class ProxyAssembly {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final Closer resources;
    private final TraceContextExtractor traceIds;
    private final Metrics metrics;
    private final InstantSource clock;
    private final GatewayServerFactory server;
    private final TrustedProxies trustedProxies;
    private final CidrSet introspectionPeers;

    /** @throws IllegalArgumentException when the configuration is invalid; the message is for the operator */
    ProxyAssembly(
            PintleConfiguration configuration,
            Environment environment,
            Closer resources,
            TraceContextExtractor traceIds,
            Metrics metrics,
            InstantSource clock) {
        this.configuration = configuration;
        this.environment = environment;
        this.resources = resources;
        this.traceIds = traceIds;
        this.metrics = metrics;
        this.clock = clock;
        this.server = configuration.server();
        this.trustedProxies = new TrustedProxies(CidrSet.of(configuration.trustedProxies()));
        this.introspectionPeers = configuration.introspection().peers();
    }

    /** Opens the resources of the port and registers them in the environment of the server. */
    void open(
            ActiveRouteTable activeTable,
            NodeStatus nodeStatus,
            Watchdog watchdog,
            OpenTunnels tunnels,
            SecretParameters secretParameters,
            Ticker ticker) {
        Handler chain = Chain.of(
                policies(nodeStatus, watchdog, ticker),
                new RoutingHandler(activeTable, new PerRouteConcurrencyLimit(configuration.maxRequests())));
        AccessLog accessLog = resources.opened(new AccessLog(configuration.accessLog(), secretParameters, clock));
        metrics.accessLogDropped(accessLog::dropped);
        ExchangeLifecycle exchanges =
                new ExchangeLifecycle(trustedProxies, traceIds, tracing(), metrics, accessLog, ticker);
        environment
                .lifecycle()
                .addServerLifecycleListener(jetty -> jetty.getBeans(NodeConnectionLimit.class)
                        .forEach(limit -> metrics.connectionLimitReached(limit::timesReached)));
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
        // The proxy replaces Dropwizard's Jersey servlet with its own handler.
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

    /** Loads OpenTelemetry only when tracing is configured. */
    private Tracing tracing() {
        return configuration.tracing().isOn()
                ? resources.opened(OtlpTracing.open(configuration.tracing()))
                : Tracing.OFF;
    }

    /** The outer policies apply to every request, so that rejected requests are logged and measured, too. */
    private List<Policy> policies(NodeStatus nodeStatus, Watchdog watchdog, Ticker ticker) {
        List<Policy> policies = new ArrayList<>(List.of(
                new GrpcPolicy(watchdog, ticker),
                new ExtendedConnectPolicy(),
                new ErrorResponsePolicy(),
                new UnsupportedFeaturePolicy(),
                new RequestLinePolicy(),
                new IntrospectionPolicy(nodeStatus, introspectionPeers)));
        Integer perClient = configuration.maxRequestsPerClient();
        if (perClient != null) {
            policies.add(new PerClientConcurrencyLimit(perClient));
        }
        policies.add(new ConcurrencyLimitPolicy(new ConcurrencyLimiter(configuration.maxRequests())));
        return policies;
    }
}
