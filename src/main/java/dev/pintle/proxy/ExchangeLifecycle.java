package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.TraceContext;
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
 * Begins and ends every exchange: creates its trace, and reports its end to metrics, traces and the access log. Safe
 * for all threads.
 */
public final class ExchangeLifecycle {
    /** The time of an exchange until its route sets its own. */
    private static final Duration UNTIL_ROUTED = Duration.ofMinutes(1);

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

    /** Opens the exchange of a request. The caller closes it. */
    Exchange open(Request request, Response response, Body body) {
        Headers headers = headers(request);
        TraceContext trace = traceIds.of(headers);
        ExchangeContext context =
                new ExchangeContext(trace, tracing.begin(trace), metrics.route(ExchangeContext.NO_ROUTE));
        context.meter().began();
        Cancellation cancellation = new Cancellation();
        GatewayRequest received = request(request, headers, body);
        return new Exchange(
                received,
                new JettyClient(request, response, trustedProxies, received, cancellation),
                context,
                new TimeBudget(UNTIL_ROUTED, ticker),
                cancellation);
    }

    /** The exchange is over; the client's connection waits for the next as long as it always does. */
    void close(Request request, Exchange exchange, int status, long bytesIn, long bytesOut) {
        ((JettyClient) exchange.client()).idleAsUsual();
        ExchangeResult outcome =
                new ExchangeResult(status, bytesIn, bytesOut, NanoTime.since(request.getHeadersNanoTime()));
        exchange.context().meter().ended(exchange.context(), outcome);
        exchange.context().recorder().ended(exchange, outcome);
        accessLog.write(exchange, outcome);
    }

    private static GatewayRequest request(Request request, Headers headers, Body body) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        // HTTP/2 may name the host in a field, as HTTP/1.1 does (RFC 9113 section 8.3.1).
        String authority = uri.getAuthority() == null ? request.getHeaders().get(HttpHeader.HOST) : uri.getAuthority();
        return new GatewayRequest(
                request.getMethod(),
                request.getConnectionMetaData().isSecure() ? "https" : "http",
                authority == null ? "" : authority,
                path == null || path.isEmpty() ? "/" : path,
                query(uri),
                headers,
                body);
    }

    /** With the fragment, which has no place in a request and is refused with the query that it would belong to. */
    private static @Nullable String query(HttpURI uri) {
        String query = uri.getQuery();
        return uri.getFragment() == null ? query : Objects.requireNonNullElse(query, "") + '#' + uri.getFragment();
    }

    private static Headers headers(Request request) {
        Headers.Builder headers = Headers.builder();
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
