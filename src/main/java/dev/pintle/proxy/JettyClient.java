package dev.pintle.proxy;

import dev.pintle.http.Cancellation;
import dev.pintle.http.Client;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import dev.pintle.server.guards.MinimumDataRate;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The client behind a request of the server. */
final class JettyClient implements Client {
    /** What an upstream's interim response says to the gateway, and not to the client (RFC 9110 section 7.6.1). */
    private static final Set<String> OF_ITS_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "upgrade",
            "transfer-encoding",
            "content-length",
            "x-trace-id");

    private final Request request;
    private final Response response;
    private final String peer;
    private final RequestOrigin origin;
    private final boolean trusted;
    private @Nullable Duration usualIdle;
    private volatile @Nullable Duration idle;
    private volatile boolean aborted;

    /** @param cancellation of the exchange; runs when the client resets its stream (HTTP/2) */
    JettyClient(
            Request request,
            Response response,
            TrustedProxies trustedProxies,
            GatewayRequest received,
            Cancellation cancellation) {
        this.request = request;
        this.response = response;
        this.peer = unbracketed(Request.getRemoteAddr(request));
        this.trusted = trustedProxies.contains(peer);
        this.origin = trustedProxies.origin(
                RequestOrigin.direct(peer, received.scheme(), received.authority(), Request.getServerPort(request)),
                Request.getLocalPort(request),
                received.headers());
        // The gateway has its own time-outs for upstreams: a quiet client connection is not idle during that time.
        request.addIdleTimeoutListener(timeout -> false);
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            request.addFailureListener(cause -> streamFailed(cause, cancellation));
        }
    }

    private void streamFailed(Throwable cause, Cancellation cancellation) {
        if (!aborted) {
            cancellation.cancel(cause instanceof ExchangeException known ? known : gone());
        }
    }

    static ExchangeException gone() {
        return new ExchangeException(FailureKind.CLIENT_GONE, "the client left while it waited for the answer");
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String address() {
        return origin.client();
    }

    @Override
    public boolean trusted() {
        return trusted;
    }

    @Override
    public RequestOrigin origin() {
        return origin;
    }

    @Override
    public String protocol() {
        return request.getConnectionMetaData().getHttpVersion().asString();
    }

    @Override
    public boolean acceptsTrailers() {
        String te = request.getHeaders().get("TE");
        return te != null
                && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0
                && te.toLowerCase(Locale.ROOT).contains("trailers");
    }

    @Override
    public void idle(Duration longest) {
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2) {
            Stream stream = stream(http2);
            if (stream != null) {
                stream.setIdleTimeout(longest.toMillis());
            }
            return;
        }
        EndPoint endPoint = endPoint();
        if (usualIdle == null) {
            usualIdle = Duration.ofMillis(endPoint.getIdleTimeout());
        }
        endPoint.setIdleTimeout(longest.toMillis());
        idle = longest;
    }

    /** Sets the idle time-out of an HTTP/1.1 connection again, if the server changed it. From any thread. */
    void keepIdle() {
        Duration longest = idle;
        if (longest != null && endPoint().getIdleTimeout() != longest.toMillis()) {
            endPoint().setIdleTimeout(longest.toMillis());
        }
    }

    /**
     * Puts the connection's own idle time back: for the requests that follow, or to be closed soon when the server
     * stops.
     */
    void idleAsUsual() {
        if (usualIdle != null) {
            AbstractConnector connector =
                    (AbstractConnector) request.getConnectionMetaData().getConnector();
            endPoint()
                    .setIdleTimeout(connector.isShutdown() ? connector.getShutdownIdleTimeout() : usualIdle.toMillis());
        }
    }

    @Override
    public void interim(int status, Headers headers) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0) {
            HttpFields.Mutable fields = HttpFields.build();
            headers.forEach((name, value) -> {
                if (!OF_ITS_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    fields.add(name, value);
                }
            });
            try {
                response.writeInterim(status, fields)
                        .orTimeout(MinimumDataRate.GRACE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                throw gone();
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2) {
            Stream stream = stream(http2);
            if (stream != null) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            }
        } else {
            AbortiveClose.abort(endPoint());
        }
    }

    /** The part of a connection that is this request's own; null once it is gone. */
    private @Nullable Stream stream(HTTP2Connection http2) {
        return http2.getSession().getStream(Integer.parseInt(request.getId()));
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }
}
