package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.http.StreamBody;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.WatchdogTimer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** The client's body, read from the server on demand. */
final class RequestBodyStream extends StreamBody {
    private static final String TIMED_OUT = "the request body did not arrive in time";

    /** The server's own timeout takes precedence, because the server can still respond. */
    private static final long MARGIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final HttpServletRequest servlet;
    private final ServletContextRequest request;
    private final long length;
    private @Nullable WatchdogTimer clientTimer;
    private @Nullable InputStream content;
    private long read;
    private long waitedNanos;
    private volatile boolean ended;
    private boolean broken;
    private volatile boolean duplex;

    private RequestBodyStream(HttpServletRequest servlet, ServletContextRequest request, long length) {
        this.servlet = servlet;
        this.request = request;
        this.length = length;
    }

    /**
     * Returns the body of a request; {@link Body#EMPTY} when it has none (RFC 9112 section 6.3, RFC 9113 section 8.1).
     */
    static Body of(HttpServletRequest servlet, ServletContextRequest request) {
        long length = request.getLength();
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            return length == 0 || ExtendedConnect.isIn(request) || (length < 0 && isComplete(request))
                    ? EMPTY
                    : new RequestBodyStream(servlet, request, length);
        }
        boolean chunked = request.getHeaders().contains("Transfer-Encoding");
        if (length < 0 && !chunked) {
            return EMPTY;
        }
        return length == 0 ? EMPTY : new RequestBodyStream(servlet, request, chunked ? UNKNOWN : length);
    }

    /**
     * Returns whether the body is complete and read; HTTP/2 signals it without a header. A reset stream is not
     * complete. Trailers can close a stream before the listener has checked that they end it.
     */
    private static boolean isComplete(ServletContextRequest request) {
        HTTP2Connection connection =
                (HTTP2Connection) request.getConnectionMetaData().getConnection();
        HTTP2Stream stream = connection.getSession().getStream(Integer.parseInt(request.getId()));
        return stream != null
                && stream.isLastDataReceived()
                && !stream.isResetOrFailed()
                && request.getHttpInput().available() == 0;
    }

    /** Returns the number of bytes read so far. */
    static long read(Body body) {
        return body instanceof RequestBodyStream client ? client.read : 0;
    }

    /**
     * Limits the wait for the client to slightly more than the idle timeout of its connection. The server counts bytes
     * without content, such as chunk extensions, as activity.
     */
    static void watch(Body body, WatchdogTimer clientTimer) {
        if (body instanceof RequestBodyStream client) {
            client.clientTimer = clientTimer;
        }
    }

    /** Ends the limits on the rate and on the silence of the client, which a quiet stream in both directions would exceed. */
    static void duplex(Body body) {
        if (body instanceof RequestBodyStream client) {
            client.duplex = true;
            WatchdogTimer timer = client.clientTimer;
            if (timer != null) {
                timer.pause();
            }
        }
    }

    /**
     * Returns whether more bytes of the body can arrive on an HTTP/1.1 connection. Discards received bytes of an unread
     * rest, unless the body continues during the response.
     */
    static boolean mayContinue(Body body) {
        return body instanceof RequestBodyStream client && client.mayContinue();
    }

    private boolean mayContinue() {
        return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2
                && !ended
                && (broken || duplex || !request.consumeAvailable());
    }

    @Override
    public long length() {
        return length;
    }

    /**
     * Reads available content or waits for more. Throws {@link ExchangeException} when the message of the client breaks
     * off, is malformed or is too slow.
     */
    @Override
    public int read(byte[] buffer, int offset, int size) {
        try {
            int count = watchedRead(opened(), buffer, offset, size);
            read += Math.max(count, 0);
            ended = count < 0 || read == length;
            if (count > 0 && !duplex && MinimumDataRate.isTooSlow(read, waitedNanos)) {
                throw new ExchangeException(
                        FailureKind.CLIENT_SLOW,
                        "the request body arrived at less than " + MinimumDataRate.BYTES_PER_SECOND
                                + " bytes per second");
            }
            return count;
        } catch (IOException | HttpException.RuntimeException e) {
            broken = true;
            throw failure(e);
        }
    }

    private int watchedRead(InputStream from, byte[] buffer, int offset, int size) throws IOException {
        WatchdogTimer watch = Objects.requireNonNull(clientTimer);
        long start = watch.nanos();
        watch.expireIn(TimeUnit.MILLISECONDS.toNanos(idleMillis()) + MARGIN_NANOS);
        if (duplex) {
            watch.pause();
        }
        try {
            return from.read(buffer, offset, size);
        } finally {
            watch.pause();
            waitedNanos += watch.nanos() - start;
        }
    }

    private long idleMillis() {
        Connection connection = request.getConnectionMetaData().getConnection();
        Stream stream = connection instanceof HTTP2Connection http2
                ? http2.getSession().getStream(Integer.parseInt(request.getId()))
                : null;
        return stream == null ? connection.getEndPoint().getIdleTimeout() : stream.getIdleTimeout();
    }

    private InputStream opened() throws IOException {
        if (content == null) {
            // getInputStream sends 100 Continue if the client expects it; HTTP/1.0 has no interim responses.
            content = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                    ? request.getHttpInput()
                    : servlet.getInputStream();
        }
        return content;
    }

    private ExchangeException failure(Exception thrown) {
        if (clientTimer != null && clientTimer.expired()) {
            return new ExchangeException(FailureKind.CLIENT_SLOW, TIMED_OUT);
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new ExchangeException(FailureKind.CLIENT_SLOW, TIMED_OUT);
            }
        }
        return new ExchangeException(
                FailureKind.CLIENT_BODY, "the request body is malformed or was cut off: " + thrown.getMessage());
    }

    @Override
    public int available() throws IOException {
        return opened().available();
    }

    @Override
    public Headers trailers() {
        HttpFields trailers = request.getTrailers();
        if (trailers == null) {
            return Headers.EMPTY;
        }
        Headers.Builder headers = Headers.builder();
        for (HttpField field : trailers) {
            headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return headers.build();
    }

    @Override
    public void close() {}
}
