package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Client;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Grpc;
import dev.pintle.http.Headers;
import dev.pintle.http.RemoteAddress;
import dev.pintle.http.RequestOrigin;
import dev.pintle.server.guards.MinimumDataRate;
import java.security.cert.X509Certificate;
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
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The client of a request to the server. */
final class JettyClient implements Client {
    /**
     * Headers of interim responses that concern only the upstream connection (RFC 9110 section 7.6.1), or that the
     * gateway sets.
     */
    private static final Set<String> UPSTREAM_ONLY = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "upgrade",
            "transfer-encoding",
            "content-length",
            "x-trace-id");

    private static final long UNCHANGED = Long.MIN_VALUE;

    private final Request request;
    private final Response response;
    private final ConnectionMetaData connection;
    private final String peer;
    private final RequestOrigin origin;
    private final Body body;
    private final boolean trusted;
    private long connectionIdleMillis = UNCHANGED;
    private volatile boolean aborted;

    /**
     * Creates the client.
     *
     * @param cancellation of the exchange; canceled when the client resets its stream (HTTP/2)
     */
    JettyClient(
            Request request,
            Response response,
            TrustedProxies trustedProxies,
            GatewayRequest received,
            Cancellation cancellation) {
        this.request = request;
        this.response = response;
        this.connection = request.getConnectionMetaData();
        this.peer = RemoteAddress.canonical(Request.getRemoteAddr(request));
        this.trusted = trustedProxies.contains(peer);
        this.body = received.body();
        this.origin = trustedProxies.origin(
                RequestOrigin.direct(peer, received.scheme(), received.authority(), Request.getServerPort(request)),
                Request.getLocalPort(request),
                received.headers());
        // The gateway enforces its own timeouts for upstreams. The client connection is not idle during that time.
        request.addIdleTimeoutListener(timeout -> false);
        if (connection.getHttpVersion() == HttpVersion.HTTP_2) {
            request.addFailureListener(cause -> streamFailed(cause, cancellation));
        }
    }

    private void streamFailed(Throwable cause, Cancellation cancellation) {
        if (!aborted) {
            cancellation.cancel(cause instanceof ExchangeException known ? known : disconnected());
        }
    }

    static ExchangeException disconnected() {
        return new ExchangeException(
                FailureKind.CLIENT_GONE, "the client disconnected while it waited for the response");
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
        return connection.getHttpVersion().asString();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        EndPoint.SslSessionData session = endPoint().getSslSessionData();
        X509Certificate[] chain = session == null ? null : session.peerCertificates();
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    @Override
    public boolean acceptsTrailers() {
        String te = request.getHeaders().get("TE");
        return isGrpc()
                || (te != null
                        && connection.getHttpVersion() != HttpVersion.HTTP_1_0
                        && te.toLowerCase(Locale.ROOT).contains("trailers"));
    }

    /** gRPC ends with trailers. Some clients do not announce that they accept them. */
    private boolean isGrpc() {
        return connection.getHttpVersion() == HttpVersion.HTTP_2
                && Grpc.isContentType(request.getHeaders().get("Content-Type"));
    }

    @Override
    public void duplex(Duration silence) {
        idle(silence);
        RequestBodyStream.duplex(body);
    }

    @Override
    public void idle(Duration timeout) {
        if (connection.getConnection() instanceof HTTP2Connection http2) {
            Stream http2Stream = http2Stream(http2);
            if (http2Stream != null) {
                http2Stream.setIdleTimeout(timeout.toMillis());
            }
            return;
        }
        EndPoint endPoint = endPoint();
        if (connectionIdleMillis == UNCHANGED) {
            connectionIdleMillis = endPoint.getIdleTimeout();
        }
        endPoint.setIdleTimeout(timeout.toMillis());
    }

    /** Restores the idle timeout of the connection for the next requests; a short one when the server stops. */
    void restoreIdle() {
        if (connectionIdleMillis != UNCHANGED) {
            AbstractConnector connector = (AbstractConnector) connection.getConnector();
            endPoint()
                    .setIdleTimeout(connector.isShutdown() ? connector.getShutdownIdleTimeout() : connectionIdleMillis);
        }
    }

    @Override
    public void interim(int status, Headers headers) {
        if (connection.getHttpVersion() != HttpVersion.HTTP_1_0) {
            HttpFields.Mutable fields = HttpFields.build();
            headers.forEach((name, value) -> {
                if (!UPSTREAM_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
                    fields.add(name, value);
                }
            });
            try {
                response.writeInterim(status, fields)
                        .orTimeout(MinimumDataRate.GRACE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException e) {
                throw disconnected();
            }
        }
    }

    @Override
    public void abort() {
        aborted = true;
        if (connection.getConnection() instanceof HTTP2Connection http2) {
            Stream http2Stream = http2Stream(http2);
            // A reset in reply to the client's own reset would count as one more frame of an attack.
            if (http2Stream != null && !http2Stream.isReset()) {
                http2Stream.reset(
                        new ResetFrame(http2Stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
            }
        } else {
            AbortiveClose.abort(endPoint());
        }
    }

    /** Returns the HTTP/2 stream of this request; null after its end. */
    private @Nullable Stream http2Stream(HTTP2Connection http2) {
        return http2.getSession().getStream(Integer.parseInt(request.getId()));
    }

    private EndPoint endPoint() {
        return connection.getConnection().getEndPoint();
    }
}
