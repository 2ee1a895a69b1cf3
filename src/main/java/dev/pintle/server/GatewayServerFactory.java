package dev.pintle.server;

import static org.eclipse.jetty.http.HttpCompliance.Violation.MISMATCHED_AUTHORITY;
import static org.eclipse.jetty.http.HttpCompliance.Violation.UNSAFE_HOST_HEADER;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.server.guards.HeadBudget;
import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeapBasedLimits;
import dev.pintle.server.http2.Http2ConnectionFactory;
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
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of the gateway ({@code type: gateway} in config.yml). It runs each request on a virtual thread,
 * leaves bodies and paths unchanged, and passes errors of Jetty to the error handlers of the gateway.
 */
@JsonTypeName("gateway")
public final class GatewayServerFactory extends DefaultServerFactory {
    private static final int MAX_RESPONSE_HEAD = 256 << 10;

    /**
     * Strict, with two exceptions: it ignores a Host that differs from the authority of an absolute-form target
     * (section 3.2.2), and the connection validates hosts, because Jetty rejects valid ones.
     */
    private static final HttpCompliance RFC_9112 =
            HttpCompliance.RFC7230.with("RFC 9112", MISMATCHED_AUTHORITY, UNSAFE_HOST_HEADER);

    private Request.@Nullable Handler errorHandler;
    private Ticker ticker = Ticker.SYSTEM;
    private Request.@Nullable Handler asteriskForm;

    /** The maximum time of a request head from its first to its last byte, and of a TLS handshake. */
    @NotNull
    @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
    @JsonProperty
    private Duration headTimeout = Duration.seconds(20);

    /**
     * The maximum number of connections of all clients. At the limit, the server stops accepting until one closes. Null
     * derives the limit from the heap size.
     */
    @Min(1)
    @JsonProperty
    private @Nullable Integer maxConnections;

    /** The maximum number of connections per client network; null sets no limit per client. */
    @Min(1)
    @JsonProperty
    private @Nullable Integer maxConnectionsPerClient;

    /**
     * The maximum number of headers of one request, trailers included. The gateway answers a request with more with
     * 431.
     */
    @Min(1)
    @JsonProperty
    private int maxRequestHeaders = 200;

    /** The limits of client connections over HTTP/2. */
    @Valid
    @NotNull
    @JsonProperty
    private Http2Limits http2 = Http2Limits.DEFAULT;

    public GatewayServerFactory() {
        getGzipFilterFactory().setEnabled(false);
        setEnableThreadNameFilter(false);
        setRegisterDefaultExceptionMappers(false);
        LogbackAccessRequestLogFactory none = new LogbackAccessRequestLogFactory();
        none.setAppenders(List.of());
        setRequestLogFactory(none);
    }

    /**
     * Sets the handlers of errors that Jetty detects before the proxy or the admin API receives the request. Call this
     * before the server is built.
     */
    public void errorHandlers(Request.Handler proxy, Request.Handler admin) {
        errorHandler = (request, response, callback) -> {
            String port = request.getConnectionMetaData().getConnector().getName();
            return ("admin".equals(port) ? admin : proxy).handle(request, response, callback);
        };
    }

    /**
     * Sets the handler that receives the requests of the proxy port first. The servlet context rejects the target *.
     */
    public void asteriskForm(Request.Handler handler) {
        asteriskForm = handler;
    }

    /** Sets the ticker that times slow clients. Call this before the server is built. */
    public void ticker(Ticker other) {
        ticker = other;
    }

    /** Returns the configured ports of all connectors, without those that the operating system chooses. */
    public Set<Integer> ports() {
        return Stream.concat(getApplicationConnectors().stream(), getAdminConnectors().stream())
                .filter(HttpConnectorFactory.class::isInstance)
                .map(connector -> ((HttpConnectorFactory) connector).getPort())
                .filter(port -> port != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a connector of the proxy asks clients for certificates. Call this before the server is built. */
    public boolean requestsCertificates() {
        return getApplicationConnectors().stream()
                .anyMatch(connector -> connector instanceof TlsConnectorFactory tls && tls.requestsCertificates());
    }

    @Override
    public Server build(Environment environment) {
        JettyLoggers.silence();
        Stream.concat(getApplicationConnectors().stream(), getAdminConnectors().stream())
                .forEach(GatewayServerFactory::refuseLenientProxyProtocol);
        getApplicationConnectors().forEach(GatewayServerFactory::acceptAllPaths);
        setApplicationConnectors(getApplicationConnectors().stream()
                .map(PeekableConnector.Factory::new)
                .collect(Collectors.toUnmodifiableList()));
        Server server = super.build(environment);
        HeadLimits headLimits = new HeadLimits(maxRequestHeaders, new HeadBudget(HeapBasedLimits.requestHeads()));
        new ConnectorLimits(headLimits, environment.metrics()).applyTo(server);
        server.getContainedBeans(Http2ConnectionFactory.class)
                .forEach(factory -> factory.setMaxConcurrentStreams(http2.maxConcurrentStreams()));
        cacheNoHeadersPerConnection(server);
        allowLargeResponseHeads(server);
        new ConnectionGuards(headTimeout.toJavaDuration(), maxConnections, maxConnectionsPerClient, ticker)
                .applyTo(server);
        if (errorHandler != null) {
            server.setErrorHandler(errorHandler);
        }
        if (asteriskForm != null) {
            server.insertHandler(new FirstHandler(asteriskForm));
        }
        return server;
    }

    /** Omits the filters and metrics that Dropwizard adds to an application, because the gateway has its own. */
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

    /** Refuses the key of Dropwizard, which accepts a PROXY header from every peer. */
    private static void refuseLenientProxyProtocol(ConnectorFactory connector) {
        if (connector instanceof HttpConnectorFactory http && http.isUseProxyProtocol()) {
            throw new IllegalArgumentException(
                    "useProxyProtocol would let every client name an address. Set proxyProtocol.from of a connector"
                            + " of type h2c or h2 to the addresses of the load balancers.");
        }
    }

    /** Lets Jetty accept all paths unchanged, because the path ambiguity guard decides about them. */
    private static void acceptAllPaths(ConnectorFactory connector) {
        if (connector instanceof HttpConnectorFactory http) {
            http.setUriCompliance(UriCompliance.UNSAFE);
            http.setHttpCompliance(RFC_9112);
        }
    }

    /**
     * Turns off the header cache of each connection: Jetty rebuilds a full one, which cost 60 KB for each request with a token of
     * 480 characters. The shared cache must be case-sensitive, or it would replace a value that differs only in case.
     */
    private static void cacheNoHeadersPerConnection(Server server) {
        server.getContainedBeans(HttpConfiguration.class).forEach(http -> {
            http.setHeaderCacheSize(0);
            http.setHeaderCacheCaseSensitive(true);
        });
    }

    /** Sets a size that fits the head of an upstream response and the headers that the gateway adds. */
    private static void allowLargeResponseHeads(Server server) {
        server.getContainedBeans(HttpConfiguration.class)
                .forEach(http -> http.setMaxResponseHeaderSize(MAX_RESPONSE_HEAD));
    }

    /**
     * Runs the whole server on virtual threads, selectors included. Passing a request between platform and virtual
     * threads took a sixth of the CPU time.
     */
    @Override
    protected ThreadPool createThreadPool(MetricRegistry registry) {
        VirtualThreadPool pool = new VirtualThreadPool();
        ReusedVirtualThreads threads = new ReusedVirtualThreads();
        // Neither bounded nor tracked, because the gateway sheds load.
        pool.setMaxConcurrentTasks(0);
        pool.setVirtualThreadsExecutor(threads);
        pool.addBean(threads, true);
        return pool;
    }

    /** Passes the requests of the proxy port to a handler before all others. */
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
