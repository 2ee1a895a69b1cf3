package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TunnelResponse;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.telemetry.Tracing;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Starts and completes every exchange: creates its trace, and reports its end to metrics, traces and the access log.
 * Safe for all threads.
 */
public final class ExchangeLifecycle {
    /** The time budget of an exchange before its route sets one. */
    private static final Duration BEFORE_ROUTING = Duration.ofMinutes(1);

    private final TrustedProxies trustedProxies;
    private final TraceContextExtractor traceIds;
    private final Tracing tracing;
    private final Metrics metrics;
    private final AccessLog accessLog;
    private final Ticker ticker;

    public ExchangeLifecycle(
            TrustedProxies trustedProxies,
            TraceContextExtractor traceIds,
            Tracing tracing,
            Metrics metrics,
            AccessLog accessLog,
            Ticker ticker) {
        this.trustedProxies = trustedProxies;
        this.traceIds = traceIds;
        this.tracing = tracing;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.ticker = ticker;
    }

    /** Starts the exchange of a request. The caller closes it. */
    Exchange open(Request request, Response response, Body body) {
        Headers headers = headers(request);
        TraceContext trace = traceIds.of(headers);
        ExchangeContext context =
                new ExchangeContext(trace, tracing.begin(trace), metrics.route(ExchangeContext.NO_ROUTE));
        context.meter().began();
        Cancellation cancellation = new Cancellation();
        GatewayRequest asSent = request(request, headers, body);
        GatewayRequest received = ExtendedConnect.isIn(request) ? ExtendedConnect.http1(asSent, trace.id()) : asSent;
        return new Exchange(
                received,
                new JettyClient(request, response, trustedProxies, received, cancellation),
                context,
                new TimeBudget(BEFORE_ROUTING, ticker),
                cancellation);
    }

    /** Completes the exchange and restores the idle timeout of the client connection. */
    void close(Request request, Exchange exchange, int status, long bytesIn, long bytesOut) {
        ((JettyClient) exchange.client()).restoreIdle();
        ExchangeResult result =
                new ExchangeResult(status, bytesIn, bytesOut, NanoTime.since(request.getHeadersNanoTime()));
        exchange.context().meter().ended(exchange.context(), result);
        exchange.context().recorder().ended(exchange, result);
        if (status != TunnelResponse.SWITCHING_PROTOCOLS || exchange.context().code() != null) {
            accessLog.write(exchange, result);
        }
    }

    /** Writes the access log line of an exchange that became a tunnel, when the tunnel ended. */
    void log(Exchange exchange, ExchangeResult result) {
        accessLog.write(exchange, result);
    }

    private static GatewayRequest request(Request request, Headers headers, Body body) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        // HTTP/2 may send the host in a Host header, as HTTP/1.1 does (RFC 9113 section 8.3.1).
        String sent = uri.getAuthority();
        String authority = sent == null ? request.getHeaders().get(HttpHeader.HOST) : sent;
        return new GatewayRequest(
                request.getMethod(),
                request.getConnectionMetaData().isSecure() ? "https" : "http",
                authority == null ? "" : authority,
                path == null || path.isEmpty() ? "/" : path,
                query(uri),
                headers,
                body);
    }

    /**
     * Returns the query with a fragment, which is invalid in a request. The gateway rejects the request because of its
     * query.
     */
    private static @Nullable String query(HttpURI uri) {
        String query = uri.getQuery();
        return uri.getFragment() == null ? query : Objects.requireNonNullElse(query, "") + '#' + uri.getFragment();
    }

    private static Headers headers(Request request) {
        Headers.Builder headers = Headers.builder(request.getHeaders().size());
        for (HttpField field : request.getHeaders()) {
            if (!field.getName().equalsIgnoreCase("Host")) {
                headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
            }
        }
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            joinCookies(headers, request.getHeaders().getValuesList(HttpHeader.COOKIE));
        }
        return headers.build();
    }

    /** HTTP/2 may split cookies into several headers; HTTP/1.1 expects one (RFC 9113 section 8.2.3). */
    private static void joinCookies(Headers.Builder headers, List<String> cookies) {
        if (cookies.size() > 1) {
            headers.set("Cookie", String.join("; ", cookies));
        }
    }
}
