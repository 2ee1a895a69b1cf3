package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.http1.UpstreamErrorTranslator.Phase;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.upload.RequestBodySender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.UnmappableCharacterException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request over a connection, and waits for the head of its response. A successful response may begin before
 * the end of the request; the body then continues until {@link #stop}. Used by one thread, except for the body that a
 * {@link RequestBodySender} sends.
 */
final class Http1RequestSender {
    /** The longest body in bytes that is sent without a separate thread if it has arrived. */
    private static final int SHORT_BODY = 16 << 10;

    private final LeasedConnection lease;
    private final WatchdogTimer watch;
    private final Exchange exchange;
    private final Body body;
    private final Timeouts timeouts;
    private final Runnable moved;
    private volatile Phase phase = Phase.CONNECTING;
    private boolean sentWhole;
    private @Nullable RequestBodySender upload;
    private @Nullable WatchdogTimer uploadWatch;

    /** @param moved runs after each write of the body */
    Http1RequestSender(LeasedConnection lease, Exchange exchange, Timeouts timeouts, Runnable moved) {
        this.lease = lease;
        this.moved = moved;
        this.watch = lease.watch();
        this.exchange = exchange;
        this.body = exchange.request().body();
        this.timeouts = timeouts;
    }

    /** The progress of the exchange, for the attribution of a failure. */
    Phase phase() {
        return phase;
    }

    /** Whether the gateway closed the connection because a phase took too long. */
    boolean expired() {
        WatchdogTimer timer = uploadWatch;
        return watch.expired() || (timer != null && timer.expired() && phase != Phase.RECEIVING);
    }

    /** Whether the body continues while the response arrives. */
    boolean isUploading() {
        return upload != null;
    }

    /**
     * Stops the body, and returns when the client's body is no longer in use.
     *
     * @return whether the whole request was sent
     * @throws dev.pintle.http.ExchangeException when the client's body could not be read to its end
     */
    boolean stop() {
        RequestBodySender running = upload;
        if (running != null) {
            upload = null;
            try {
                sentWhole = running.stop();
            } finally {
                closeUploadWatch();
            }
        }
        return sentWhole;
    }

    /** Returns the head of the final response. */
    UpstreamResponse send(UpstreamRequest request, HttpClientConnection connection) throws IOException, HttpException {
        phase = Phase.SENDING;
        watch.expireIn(timeouts.idle().toNanos());
        UpstreamResponse head = head(request, connection, reader(connection));
        answered();
        return head;
    }

    private synchronized void answered() {
        watch.pause();
        phase = Phase.RECEIVING;
    }

    private ResponseHeadReader reader(HttpClientConnection connection) {
        return new ResponseHeadReader(
                connection, exchange.client(), exchange.request().webSocket() != null);
    }

    /** Sends the request, and waits for the response head. */
    private UpstreamResponse head(UpstreamRequest request, HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        request.setContent(ReceivedContent.NONE);
        if (body.length() == 0) {
            sendHead(request, connection);
            sent();
            return heads.last();
        }
        if (request.headers().has(HttpHeaders.EXPECT)) {
            return headAfterContinue(request, connection, heads);
        }
        ReceivedContent received = ReceivedContent.of(body, SHORT_BODY);
        if (received.isWhole()) {
            request.setContent(received);
            return headAfter(() -> sendHead(request, connection), heads);
        }
        connection.sendRequestHeader(request);
        return upload(received, connection, heads);
    }

    private static void sendHead(UpstreamRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        connection.sendRequestHeader(request);
        connection.flush();
    }

    private UpstreamResponse headAfterContinue(
            UpstreamRequest request, HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        connection.sendRequestHeader(request);
        UpstreamResponse refusal = insteadOfContinue(heads);
        if (refusal != null) {
            return refusal;
        }
        ReceivedContent received = ReceivedContent.of(body, SHORT_BODY);
        OutputStream wire = LeasedConnection.socket(connection).getOutputStream();
        return received.isWhole()
                ? headAfter(() -> received.writeTo(wire), heads)
                : upload(received, connection, heads);
    }

    /** The client withholds its body during this wait, so its timeout is paused. */
    private @Nullable UpstreamResponse insteadOfContinue(ResponseHeadReader heads) throws IOException, HttpException {
        exchange.budget().pause();
        try {
            return heads.insteadOfContinue();
        } finally {
            exchange.budget().resume();
        }
    }

    /** Writes the end of a request. */
    @FunctionalInterface
    private interface LastWrite {
        void run() throws IOException, HttpException;
    }

    private UpstreamResponse headAfter(LastWrite last, ResponseHeadReader heads) throws IOException, HttpException {
        try {
            last.run();
        } catch (UnmappableCharacterException e) {
            // Nothing was written, so no response follows.
            throw e;
        } catch (IOException e) {
            return headDespite(heads, e);
        }
        sent();
        return heads.last();
    }

    /**
     * An upstream that rejects a body often answers before it closes; that response is more useful than the broken
     * pipe.
     */
    private UpstreamResponse headDespite(ResponseHeadReader heads, IOException broken)
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
    private UpstreamResponse upload(ReceivedContent received, HttpClientConnection connection, ResponseHeadReader heads)
            throws IOException, HttpException {
        connection.flush();
        watch.pause();
        Http1BodyEncoder frames = new Http1BodyEncoder(
                LeasedConnection.socket(connection).getOutputStream(), body.length(), received, moved);
        WatchdogTimer timer = lease.watch(this::cutUnlessAnswered);
        uploadWatch = timer;
        RequestBodySender sender =
                new RequestBodySender(exchange, frames, timer, timeouts.idle(), this::awaitHead, lease::cut);
        upload = sender;
        sender.start();
        try {
            UpstreamResponse head = heads.last();
            if (!isSuccess(head) || sender.isWhole()) {
                stop();
            }
            return head;
        } catch (IOException | HttpException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /** A client stops sending when it sees another response (RFC 9112 section 9.5). */
    private static boolean isSuccess(UpstreamResponse head) {
        return head.getCode() / 100 == 2;
    }

    /** An upstream that answers may leave the rest of the body unread; the limits of the response apply. */
    private synchronized void cutUnlessAnswered() {
        if (phase != Phase.RECEIVING) {
            lease.cut();
        }
    }

    private void closeUploadWatch() {
        WatchdogTimer timer = uploadWatch;
        if (timer != null) {
            timer.close();
        }
    }

    /** Records that the whole request was sent. */
    private void sent() {
        sentWhole = true;
        awaitHead();
    }

    /** The upstream's time begins, unless its response has begun. */
    private synchronized void awaitHead() {
        if (phase != Phase.RECEIVING) {
            phase = Phase.WAITING;
            watch.expireIn(
                    Math.min(timeouts.attempt().toNanos(), exchange.budget().left()));
        }
    }
}
