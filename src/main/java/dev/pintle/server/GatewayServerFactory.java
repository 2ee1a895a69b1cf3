package dev.pintle.server;

import static org.eclipse.jetty.http.HttpCompliance.Violation.MISMATCHED_AUTHORITY;
import static org.eclipse.jetty.http.HttpCompliance.Violation.UNSAFE_HOST_HEADER;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.server.guards.ConnectionMonitor;
import dev.pintle.server.guards.HeadBudget;
import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeapBasedLimits;
import dev.pintle.server.guards.PerClientConnectionLimit;
import dev.pintle.server.guards.TlsHandshakeTimeout;
import dev.pintle.server.http2.Http2FrameTimeout;
import dev.pintle.server.http2.Http2IdleTimeout;
import dev.pintle.server.http2.Http2WriteStallDetector;
import dev.pintle.time.Ticker;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.servlet.Servlet;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Dropwizard's server, fit for a gateway ({@code type: gateway} in config.yml): a virtual thread a request, nothing
 * between
 * the wire and the front door that changes bodies or paths, and refusals answered as the gateway answers.
 */
@JsonTypeName("gateway")
public final class GatewayServerFactory extends DefaultServerFactory {
    private static final int LARGEST_RESPONSE_HEAD = 256 << 10;
    private static final java.time.Duration LONGEST_ROUND = java.time.Duration.ofMillis(500);

    /**
     * Strict, with two exceptions: a Host that differs from the authority of an absolute-form target is ignored
     * (section 3.2.2), and
     * the connection validates hosts itself, because Jetty refuses valid ones.
     */
    private static final HttpCompliance RFC_9112 =
            HttpCompliance.RFC7230.with("RFC 9112", MISMATCHED_AUTHORITY, UNSAFE_HOST_HEADER);

    private Request.@Nullable Handler refusals;
    private Ticker ticker = Ticker.SYSTEM;
    private Request.@Nullable Handler asteriskForm;

    /** The longest time from the first to the last byte of a request head, and for a TLS handshake. */
    @NotNull
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
    @JsonProperty
    private Duration headTimeout = Duration.seconds(20);

    /**
     * The most connections of all clients. Beyond it, the server accepts none until one closes. Null: the heap size
     * decides.
     */
    @Min(1)
    @JsonProperty
    private @Nullable Integer maxConnections;

    /** Connections of one address; null when no address has a bound of its own. */
    @Min(1)
    @JsonProperty
    private @Nullable Integer maxConnectionsPerClient;

    /** Headers of one request, trailers included; a request with more is 431. */
    @Min(1)
    @JsonProperty
    private int maxRequestHeaders = 200;

    public GatewayServerFactory() {
        getGzipFilterFactory().setEnabled(false);
        setEnableThreadNameFilter(false);
        setRegisterDefaultExceptionMappers(false);
        LogbackAccessRequestLogFactory none = new LogbackAccessRequestLogFactory();
        none.setAppenders(List.of());
        setRequestLogFactory(none);
    }

    /**
     * Sets the handlers of errors that Jetty detects before the proxy or the admin API sees the request. Call this
     * before the server is built.
     */
    public void refusals(Request.Handler frontDoor, Request.Handler desk) {
        refusals = (request, response, callback) -> {
            String port = request.getConnectionMetaData().getConnector().getName();
            return ("admin".equals(port) ? desk : frontDoor).handle(request, response, callback);
        };
    }

    /**
     * Sets the handler that sees the requests of the gateway's ports first, because a context of servlets refuses the
     * target *.
     */
    public void asteriskForm(Request.Handler handler) {
        asteriskForm = handler;
    }

    /** Times slow clients. To be set before the server is built. */
    public void ticker(Ticker other) {
        ticker = other;
    }

    /** The configured ports of all connectors, without those that the machine chooses. */
    public Set<Integer> ports() {
        return Stream.concat(getApplicationConnectors().stream(), getAdminConnectors().stream())
                .filter(HttpConnectorFactory.class::isInstance)
                .map(connector -> ((HttpConnectorFactory) connector).getPort())
                .filter(port -> port != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Server build(Environment environment) {
        JettyLoggers.silence();
        getApplicationConnectors().forEach(GatewayServerFactory::leavePathsAlone);
        setApplicationConnectors(getApplicationConnectors().stream()
                .map(PeekableConnector.Factory::new)
                .collect(Collectors.toUnmodifiableList()));
        Server server = super.build(environment);
        HeadLimits heads = new HeadLimits(maxRequestHeaders, new HeadBudget(HeapBasedLimits.requestHeads()));
        new ConnectorLimits(heads, environment.metrics()).applyTo(server);
        keepValuesApart(server);
        takeLargeAnswers(server);
        monitorConnections(server);
        boundConnections(server);
        if (refusals != null) {
            server.setErrorHandler(refusals);
        }
        if (asteriskForm != null) {
            server.insertHandler(new FirstHandler(asteriskForm));
        }
        return server;
    }

    /** Dropwizard adds filters and metrics in front of an application; the gateway has its own. */
    @Override
    protected Handler createAppServlet(
            Server server,
            JerseyEnvironment jersey,
            ObjectMapper json,
            Validator validator,
            MutableServletContextHandler application,
            @Nullable Servlet jerseyServlet,
            MetricRegistry metrics) {
        application.setServer(server);
        return application;
    }

    /**
     * The path ambiguity guard alone decides on paths. The server must neither reject nor change a path.
     */
    private static void leavePathsAlone(ConnectorFactory connector) {
        if (connector instanceof HttpConnectorFactory http) {
            http.setUriCompliance(UriCompliance.UNSAFE);
            http.setHttpCompliance(RFC_9112);
        }
    }

    /**
     * Jetty remembers the fields of a connection, and by default takes a value for the remembered one when they differ
     * in case
     * only: then {@code X-Id: AB} would arrive as the {@code X-Id: ab} of an earlier request.
     */
    private static void keepValuesApart(Server server) {
        server.getContainedBeans(HttpConfiguration.class).forEach(http -> http.setHeaderCacheCaseSensitive(true));
    }

    /** The head of an upstream response and the headers that the gateway adds must fit. */
    private static void takeLargeAnswers(Server server) {
        server.getContainedBeans(HttpConfiguration.class)
                .forEach(http -> http.setMaxResponseHeaderSize(LARGEST_RESPONSE_HEAD));
    }

    /** On all ports. Each check is as precise as the round: half a second, or a quarter of a shorter timeout. */
    private void monitorConnections(Server server) {
        java.time.Duration longest = headTimeout.toJavaDuration();
        RequestHeaderTimeout requestHeaders = new RequestHeaderTimeout(longest, ticker);
        ConnectionMonitor monitor = new ConnectionMonitor(
                Collections.min(List.of(LONGEST_ROUND, longest.dividedBy(4))),
                List.of(
                        requestHeaders,
                        new TlsHandshakeTimeout(longest, ticker),
                        new Http2WriteStallDetector(ticker),
                        new Http2FrameTimeout(longest, ticker),
                        new Http2IdleTimeout(ticker)));
        server.addBean(monitor);
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(monitor);
        }
        server.getContainedBeans(HttpConfiguration.class).forEach(http -> http.addCustomizer(requestHeaders));
    }

    /** Applies to the proxy port only: an operator must reach the admin port while clients hold all connections. */
    private void boundConnections(Server server) {
        Connector[] gateway = Stream.of(server.getConnectors())
                .filter(connector -> "application".equals(connector.getName()))
                .toArray(Connector[]::new);
        server.addBean(new NetworkConnectionLimit(
                maxConnections == null ? HeapBasedLimits.connections() : maxConnections, gateway));
        if (maxConnectionsPerClient != null) {
            PerClientConnectionLimit perClient = new PerClientConnectionLimit(maxConnectionsPerClient);
            for (Connector connector : gateway) {
                ((ServerConnector) connector).getSelectorManager().addEventListener(perClient);
                connector.addEventListener(perClient);
            }
        }
    }

    /**
     * The whole server runs on virtual threads, selectors included: passing a request between platform and virtual
     * threads took a sixth of its CPU.
     */
    @Override
    protected ThreadPool createThreadPool(MetricRegistry registry) {
        VirtualThreadPool pool = new VirtualThreadPool();
        // Neither bounded nor tracked: the gateway sheds load itself.
        pool.setMaxConcurrentTasks(0);
        pool.setVirtualThreadsExecutor(task -> Thread.ofVirtual().name("server").start(task));
        return pool;
    }

    /** Offers the requests of the gateway's ports to a handler before all others. */
    private static final class FirstHandler extends Handler.Wrapper {
        private final Request.Handler first;

        FirstHandler(Request.Handler first) {
            this.first = first;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String port = request.getConnectionMetaData().getConnector().getName();
            return ("application".equals(port) && first.handle(request, response, callback))
                    || super.handle(request, response, callback);
        }
    }
}
