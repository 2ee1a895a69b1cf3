package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.DuplexStream;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.http1.UpstreamErrorTranslator.Phase;
import dev.pintle.upstream.http1.UpstreamErrorTranslator.Progress;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over one connection. Used by one thread, except for the body that an {@link
 * Http1RequestSender} sends. The watchdog may close the connection.
 */
final class Http1Exchange {
    private final ConnectionPool pool;
    private final LeasedConnection lease;
    private final WatchdogTimer watch;
    private final Target target;
    private final Exchange exchange;
    private final Timeouts timeouts;
    private final Http1RequestSender sender;
    private boolean reusable;
    private long length;
    private long idleNanos;
    private boolean awaitingBytes;
    private @Nullable UpstreamResponse response;

    private Http1Exchange(
            ConnectionPool pool, LeasedConnection lease, Target target, Exchange exchange, Timeouts timeouts) {
        this.pool = pool;
        this.lease = lease;
        this.watch = lease.watch();
        this.target = target;
        this.exchange = exchange;
        this.timeouts = timeouts;
        this.sender = new Http1RequestSender(lease, exchange, timeouts, this::requestMoved);
    }

    /** Takes a connection, which may not be open yet. */
    static Http1Exchange begin(
            ConnectionPool pool, Watchdog watchdog, Target target, Exchange exchange, Timeouts timeouts) {
        LeasedConnection lease = LeasedConnection.lease(pool, watchdog, target, timeouts.connect());
        return new Http1Exchange(pool, lease, target, exchange, timeouts);
    }

    /** @throws ExchangeException when no response arrives; the connection is then closed */
    GatewayResponse run(UpstreamRequest request) {
        try {
            exchange.cancellation().interrupts(this::connect);
            exchange.cancellation().onCancel(lease::cut);
            UpstreamResponse head = send(request);
            return head.getCode() == TunnelResponse.SWITCHING_PROTOCOLS ? tunnel(head) : answer(head);
        } catch (IOException | HttpException | RuntimeException e) {
            lease.abandon();
            throw fault(e);
        }
    }

    private void connect() throws IOException {
        lease.connect(Math.min(timeouts.connect().toNanos(), exchange.budget().left()));
    }

    /** A canceled exchange fails with the cause of the cancellation. */
    private ExchangeException fault(Exception e) {
        ExchangeException cause = exchange.cancellation().cause();
        return cause == null
                ? UpstreamErrorTranslator.failure(
                        e, new Progress(sender.phase(), sender.expired(), lease.receivedAny()), target)
                : cause;
    }

    /** Requires a new connection. Call this before running the exchange. */
    Http1Exchange onFreshConnection() {
        lease.cut();
        return this;
    }

    /** Whether the upstream cannot have received any part of the request. */
    boolean sentNothing() {
        return sender.phase() == Phase.CONNECTING;
    }

    /**
     * Whether the failure looks like an idle connection that the upstream closed: the connection was reused, and no
     * byte arrived.
     */
    boolean failedOnStaleConnection(ExchangeException failure) {
        return lease.reused()
                && !lease.receivedAny()
                && (failure.kind() == FailureKind.RESET || failure.kind() == FailureKind.CONNECT);
    }

    private UpstreamResponse send(UpstreamRequest request) throws IOException, HttpException {
        exchange.cancellation().check();
        HttpClientConnection connection = lease.listen();
        UpstreamResponse head = sender.send(request, connection);
        // The framing must be valid for the client also where no body follows.
        long announced = StrictResponseFraming.lengthOf(head);
        length = MessageSupport.canResponseHaveBody(request.getMethod(), head) ? announced : 0;
        reusable =
                length != ContentLengthStrategy.UNDEFINED && !head.announcesForbiddenContent() && head.isPersistent();
        return head;
    }

    private TunnelResponse tunnel(UpstreamResponse head) throws IOException {
        SwitchedConnection.check(head, exchange.request(), target);
        byte[] following = head.following();
        DuplexStream upstream = pool.counted(target, new SwitchedConnection(lease.detach(), following));
        exchange.cancellation().onCancel(upstream::close);
        return new TunnelResponse(head.headers(), upstream, timeouts.stream());
    }

    private FinalResponse answer(UpstreamResponse head) {
        response = head;
        idleNanos = timeouts.idle().toNanos();
        if (head.isEventStream()) {
            idleNanos = timeouts.stream().toNanos();
            // Otherwise the idle timeout of the client connection could end a write that begins as it expires.
            exchange.client().idle(timeouts.stream());
        }
        if (length == 0) {
            finished();
            return new FinalResponse(head.getCode(), head.headers(), Body.EMPTY);
        }
        if (sender.isUploading()) {
            exchange.client().duplex(Duration.ofNanos(idleNanos));
        }
        return new FinalResponse(head.getCode(), head.headers(), new ResponseBody(length, head.content(length), this));
    }

    /** Starts the wait for a byte of the response. */
    synchronized void awaitBytes() {
        awaitingBytes = true;
        watch.expireIn(idleNanos);
    }

    /** Records received bytes. */
    synchronized void gotBytes() {
        awaitingBytes = false;
        watch.pause();
    }

    /** Bytes of the request end a silence, too, because an exchange in both directions may be quiet in one. */
    private synchronized void requestMoved() {
        if (awaitingBytes) {
            watch.expireIn(idleNanos);
        }
    }

    /** Ends a completely read response. The connection is reused if both sides allow it. */
    void finished() {
        if (sentWhole()) {
            lease.returnToPool(reusable && response != null && !response.isFollowedByMore());
        } else {
            // Closes with a reset, because the rest of the request may be blocked.
            lease.abandon();
        }
    }

    /** Ends the request. The complete response does not need the rest of it. */
    private boolean sentWhole() {
        try {
            return sender.stop();
        } catch (ExchangeException e) {
            return false;
        }
    }

    /** Whether received bytes were not read yet. */
    boolean hasMore() {
        return response != null && response.isFollowedByMore();
    }

    /** Returns the number of bytes that the connection received and that were not read. */
    int arrived() throws IOException {
        return lease.socket().getInputStream().available();
    }

    /** Translates a failure while the response was read. */
    ExchangeException failure(IOException e) {
        try {
            sender.stop();
            return fault(e);
        } catch (ExchangeException upload) {
            return upload;
        }
    }

    /** Abandons the connection, because the rest of the response is not needed or not available. */
    void release() {
        lease.abandon();
        sentWhole();
    }
}
