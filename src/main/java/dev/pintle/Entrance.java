package dev.pintle;

import dev.pintle.admin.DeskRefusals;
import dev.pintle.admin.Introspection;
import dev.pintle.admin.NodeReport;
import dev.pintle.exchange.AddressBlocks;
import dev.pintle.exchange.Chain;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.policy.limit.ClientShare;
import dev.pintle.policy.limit.Concurrency;
import dev.pintle.policy.limit.Permits;
import dev.pintle.proxy.FailuresAnswered;
import dev.pintle.proxy.FrontDoor;
import dev.pintle.proxy.GatewayServerFactory;
import dev.pintle.proxy.ProperRequestLine;
import dev.pintle.proxy.ProxyServlet;
import dev.pintle.proxy.Reception;
import dev.pintle.proxy.Refusals;
import dev.pintle.proxy.TrustedProxies;
import dev.pintle.proxy.Unsupported;
import dev.pintle.routing.LiveTable;
import dev.pintle.routing.RoutedHandler;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceIds;
import dev.pintle.telemetry.Tracing;
import dev.pintle.telemetry.otlp.OtlpTracing;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The gateway's port, put together: what every request walks through before its route and after it. */
final class Entrance {
    private final PintleConfiguration configuration;
    private final Environment environment;
    private final OpenThings things;
    private final TraceIds traceIds;
    private final Metrics metrics;
    private final InstantSource clock;
    private final GatewayServerFactory server;
    private final TrustedProxies trustedProxies;
    private final AddressBlocks introspectors;

    /** @throws IllegalArgumentException with a sentence, when the configuration says what cannot be meant */
    Entrance(
            PintleConfiguration configuration,
            Environment environment,
            OpenThings things,
            TraceIds traceIds,
            Metrics metrics,
            InstantSource clock) {
        this.configuration = configuration;
        this.environment = environment;
        this.things = things;
        this.traceIds = traceIds;
        this.metrics = metrics;
        this.clock = clock;
        this.server = configuration.server();
        this.trustedProxies = new TrustedProxies(AddressBlocks.of(configuration.trustedProxies()));
        this.introspectors = AddressBlocks.of(configuration.introspection().allow());
    }

    /** Opens it, into the environment that will be served. */
    void open(LiveTable live, NodeReport report, Watchdog watchdog) {
        Handler chain = Chain.of(policies(report), new RoutedHandler(live));
        AccessLog accessLog = things.opened(new AccessLog(configuration.accessLog(), clock));
        metrics.accessLogDropped(accessLog::dropped);
        Reception reception = new Reception(trustedProxies, traceIds, tracing(), metrics, accessLog, Ticker.SYSTEM);
        Refusals refusals = new Refusals(reception);
        DeskRefusals deskRefusals = new DeskRefusals(traceIds);
        server.refusals(refusals, deskRefusals);
        environment.getAdminContext().setErrorHandler(deskRefusals);
        environment.getApplicationContext().setErrorHandler(refusals);
        // Dropwizard's Jersey measures and listens for applications of many resources; this one has its own.
        environment.jersey().disable();
        environment
                .servlets()
                .addServlet("gateway", new ProxyServlet(new FrontDoor(reception, chain, watchdog)))
                .addMapping("/*");
    }

    /** OpenTelemetry is not even loaded where nobody asks for it. */
    private Tracing tracing() {
        return configuration.tracing().isOn() ? things.opened(OtlpTracing.open(configuration.tracing())) : Tracing.OFF;
    }

    /** The outer chain is the same for every request: what is refused is seen like what is answered. */
    private List<Policy> policies(NodeReport report) {
        List<Policy> policies = new ArrayList<>(List.of(
                new FailuresAnswered(),
                new Unsupported(),
                new ProperRequestLine(),
                new Introspection(report, introspectors)));
        Integer perClient = configuration.maxRequestsPerClient();
        if (perClient != null) {
            policies.add(new ClientShare(perClient));
        }
        policies.add(new Concurrency(new Permits(configuration.maxRequests())));
        return policies;
    }
}
