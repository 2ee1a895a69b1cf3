package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
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
import dev.pintle.upstream.upload.RequestBodySender;
import java.io.IOException;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over one connection. Used by one thread, except for the body that a {@link
 * RequestBodySender} sends. The watchdog may close the connection.
 */
final class Http1Exchange {
    /** The largest size in bytes of a fully received body that is sent without a separate thread. */
    private static final int SENT_AT_ONCE = 16 << 10;

    private final LeasedConnection line;
    private final WatchdogTimer watch;
    private final Target target;
    private final Exchange exchange;
    private final Body body;
    private final Timeouts timeouts;
    private final HttpCoreContext context = HttpCoreContext.create();
    private volatile Phase phase = Phase.CONNECTING;
    private boolean sentWhole;
    private boolean reusable;
    private long length;
    private long idleNanos;
    private @Nullable UpstreamResponse response;

    private Http1Exchange(LeasedConnection line, Target target, Exchange exchange, Timeouts timeouts) {
        this.line = line;
        this.watch = line.watch();
        this.target = target;
        this.exchange = exchange;
        this.body = exchange.request().body();
        this.timeouts = timeouts;
    }

    /** Takes a connection, which may not be open yet. */
    static Http1Exchange begin(
            PoolingHttpClientConnectionManager manager,
            Watchdog watchdog,
            Target target,
            Exchange exchange,
            Timeouts timeouts) {
        LeasedConnection line = LeasedConnection.lease(manager, watchdog, target, timeouts.connect());
        return new Http1Exchange(line, target, exchange, timeouts);
    }

    /** @throws ExchangeException when no response arrives; the connection is then closed */
    GatewayResponse run(UpstreamRequest request) {
        try {
            exchange.cancellation().interrupts(this::connect);
            exchange.cancellation().onCancel(line::cut);
            ClassicHttpResponse head =
                    line.talk(request, (message, connection, ignored) -> converse(request, connection), context);
            return head.getCode() == TunnelResponse.SWITCHING_PROTOCOLS ? tunnel(head) : answer(head);
        } catch (IOException | HttpException | RuntimeException e) {
            line.giveUp();
            throw fault(e);
        }
    }

    private void connect() throws IOException {
        line.connect(Math.min(timeouts.connect().toNanos(), exchange.budget().left()), context);
    }

    /** A canceled exchange fails with the cause of the cancellation. */
    private ExchangeException fault(Exception e) {
        ExchangeException cause = exchange.cancellation().cause();
        return cause == null
                ? UpstreamErrorTranslator.failure(e, new Progress(phase, watch.expired(), line.heard()), target)
                : cause;
    }

    /** Requires a new connection. Call this before running the exchange. */
    Http1Exchange onFreshConnection() {
        line.cut();
        return this;
    }

    /** Whether the upstream cannot have received any part of the request. */
    boolean sentNothing() {
        return phase == Phase.CONNECTING;
    }

    /**
     * Whether the failure looks like an idle connection that the upstream closed: the connection was reused, and no
     * byte arrived.
     */
    boolean metStaleConnection(ExchangeException failure) {
        return line.reused()
                && !line.heard()
                && (failure.kind() == FailureKind.RESET || failure.kind() == FailureKind.CONNECT);
    }

    private ClassicHttpResponse converse(UpstreamRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        exchange.cancellation().check();
        line.listen(connection);
        if (!request.isIdempotent() || body.length() != 0) {
            line.refuseStale(connection);
        }
        phase = Phase.SENDING;
        watch.expireIn(timeouts.idle().toNanos());
        connection.sendRequestHeader(request);
        ClassicHttpResponse head = head(request, connection, reader(connection));
        watch.pause();
        phase = Phase.RECEIVING;
        // The framing must be valid for the client also where no body follows.
        long announced = StrictResponseFraming.STRICT.determineLength(head);
        length = MessageSupport.canResponseHaveBody(request.getMethod(), head) ? announced : 0;
        reusable = sentWhole
                && !isBodyForbiddenButAnnounced(head)
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, head, context);
        return head;
    }

    private ResponseHeadReader reader(HttpClientConnection connection) {
        return new ResponseHeadReader(
                connection, exchange.client(), exchange.request().webSocket() != null);
    }

    /** Sends the request body, and waits for the response head. */
    private ClassicHttpResponse head(UpstreamRequest request, HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        if (body.length() == 0) {
            connection.flush();
            sent();
            return heads.last();
        }
        ClassicHttpResponse refusal = request.containsHeader(HttpHeaders.EXPECT) ? insteadOfContinue(heads) : null;
        if (refusal != null) {
            return refusal;
        }
        return isHere() ? sendAtOnce(request, connection, heads) : upload(connection, heads);
    }

    /** The client withholds its body during this wait, so its timeout is paused. */
    private @Nullable ClassicHttpResponse insteadOfContinue(ResponseHeadReader heads)
            throws IOException, HttpException {
        exchange.budget().pause();
        try {
            return heads.insteadOfContinue();
        } finally {
            exchange.budget().resume();
        }
    }

    /** Whether the whole body is available without waiting for the client. */
    private boolean isHere() throws IOException {
        int available = body.stream().available();
        return body.length() > 0 && body.length() <= Math.min(available, SENT_AT_ONCE);
    }

    private ClassicHttpResponse sendAtOnce(
            UpstreamRequest request, HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        request.setEntity(new ByteArrayEntity(body.stream().readNBytes((int) body.length()), null));
        try {
            connection.sendRequestEntity(request);
            connection.flush();
        } catch (IOException e) {
            return lastWords(heads, e);
        }
        sent();
        return heads.last();
    }

    /**
     * An upstream that rejects a body often answers before it closes; that response is more useful than the broken
     * pipe.
     */
    private ClassicHttpResponse lastWords(ResponseHeadReader heads, IOException broken)
            throws IOException, HttpException {
        if (watch.expired()) {
            throw broken;
        }
        try {
            return heads.last();
        } catch (IOException | HttpException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    /** Reads while the body is sent, because the upstream may answer or close before it has received the whole body. */
    private ClassicHttpResponse upload(HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        connection.flush();
        Http1BodyEncoder frames =
                new Http1BodyEncoder(LeasedConnection.socket(connection).getOutputStream(), body.length());
        RequestBodySender upload =
                new RequestBodySender(exchange, frames, watch, timeouts.idle(), this::awaitHead, line::cut);
        upload.start();
        try {
            ClassicHttpResponse head = heads.last();
            sentWhole = upload.stop();
            return head;
        } catch (IOException | HttpException | RuntimeException e) {
            upload.stop();
            throw e;
        }
    }

    /** Records that the whole request was sent. */
    private void sent() {
        sentWhole = true;
        awaitHead();
    }

    /** The upstream's time begins. */
    private void awaitHead() {
        phase = Phase.WAITING;
        watch.expireIn(Math.min(timeouts.attempt().toNanos(), exchange.budget().left()));
    }

    private static boolean isBodyForbiddenButAnnounced(ClassicHttpResponse response) {
        return response.getCode() == 204
                && (response.containsHeader(HttpHeaders.CONTENT_LENGTH)
                        || response.containsHeader(HttpHeaders.TRANSFER_ENCODING));
    }

    private TunnelResponse tunnel(ClassicHttpResponse head) throws IOException {
        SwitchedConnection.check(head, exchange.request(), target);
        watch.close();
        return new TunnelResponse(
                ResponseHeadReader.fields(head),
                new SwitchedConnection(line, (UpstreamResponse) head),
                timeouts.stream());
    }

    private FinalResponse answer(ClassicHttpResponse head) {
        UpstreamResponse whole = (UpstreamResponse) head;
        response = whole;
        idleNanos = (whole.isEventStream() ? timeouts.stream() : timeouts.idle()).toNanos();
        if (length == 0) {
            finished();
            return new FinalResponse(head.getCode(), ResponseHeadReader.fields(head), Body.EMPTY);
        }
        return new FinalResponse(
                head.getCode(), ResponseHeadReader.fields(head), new ResponseBody(length, whole.content(length), this));
    }

    /** Starts the wait for a byte of the response. */
    void awaitOctets() {
        watch.expireIn(idleNanos);
    }

    /** Records received bytes. */
    void gotOctets() {
        watch.pause();
    }

    /** Ends a completely read response. The connection is reused if both sides allow it. */
    void finished() {
        if (sentWhole) {
            line.giveBack(reusable && response != null && !response.isFollowedByMore());
        } else {
            // Closes with a reset, because the rest of the request may be blocked.
            line.giveUp();
        }
    }

    /** Whether received bytes were not read yet. */
    boolean hasMore() {
        return response != null && response.isFollowedByMore();
    }

    /** Translates a failure while the response was read. */
    ExchangeException failure(IOException e) {
        return fault(e);
    }

    /** Abandons the connection, because the rest of the response is not needed or not available. */
    void release() {
        line.giveUp();
    }
}
