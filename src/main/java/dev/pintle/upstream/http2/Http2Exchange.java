package dev.pintle.upstream.http2;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.Headers;
import dev.pintle.http.ProxyError;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.target.EventStream;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.upload.RequestBodySender;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over one stream. Used by one thread, except for the body that a {@link
 * RequestBodySender} sends. Watchdogs and the cancellation of the exchange end the stream.
 */
final class Http2Exchange {
    /** Limits the interim responses before the final one. */
    private static final int MOST_INTERIM = 100;

    private static final Duration CONTINUE_WITHIN = Duration.ofSeconds(1);

    private final Http2Connection connection;
    private final Target target;
    private final Exchange exchange;
    private final Body body;
    private final Timeouts timeouts;
    private final UpstreamStream stream;
    private final WatchdogTimer watch;
    private final WatchdogTimer uploadWatch;
    private @Nullable RequestBodySender upload;
    private boolean sentWhole;
    private boolean answered;
    private boolean awaitingData;
    private boolean ended;
    private long idleNanos;

    /** @param connection one stream of it is reserved */
    Http2Exchange(Http2Connection connection, Watchdog watchdog, Target target, Exchange exchange, Timeouts timeouts) {
        this.connection = connection;
        this.target = target;
        this.exchange = exchange;
        this.body = exchange.request().body();
        this.timeouts = timeouts;
        this.stream = new UpstreamStream(target);
        this.watch = watchdog.watch(() -> timedOut("did not answer in time", ProxyError.HTTP_RESPONSE_TIMEOUT));
        this.uploadWatch = watchdog.watch(
                () -> timedOut("did not take the request body in time", ProxyError.CONNECTION_WRITE_TIMEOUT));
    }

    /**
     * Sends the request, and waits for the response head.
     *
     * @throws ExchangeException when no response arrives
     * @throws UnprocessedException when the target did not process the request
     */
    FinalResponse run() {
        try {
            HeadersFrame request = Http2RequestHead.of(target, exchange, connection.maxHeadBytes());
            exchange.cancellation().onCancel(this::cancel);
            watch.expireIn(timeouts.idle().toNanos());
            stream.open(connection.session(), request);
            return answer(head(request));
        } catch (RuntimeException e) {
            release();
            ExchangeException cause = exchange.cancellation().cause();
            throw cause == null ? e : cause;
        }
    }

    private void cancel() {
        ExchangeException cause = exchange.cancellation().cause();
        if (cause != null) {
            stream.fail(cause);
        }
    }

    private void timedOut(String how, ProxyError error) {
        stream.fail(new ExchangeException(FailureKind.TIMEOUT, error, target + " " + how));
    }

    /** Sends the request body, and waits for the final response head. */
    private HeadersFrame head(HeadersFrame request) {
        if (request.isEndStream()) {
            sent();
            return finalHead();
        }
        if (exchange.request().headers().has("Expect") && !mayContinue()) {
            return finalHead();
        }
        RequestBodySender sender = new RequestBodySender(
                exchange,
                new Http2BodyEncoder(stream, body.length(), this::uploaded),
                uploadWatch,
                timeouts.idle(),
                this::sent,
                this::clientBrokeOff);
        upload = sender;
        watch.pause();
        sender.start();
        try {
            HeadersFrame head = finalHead();
            if (head.isEndStream() || !isDuplex()) {
                stopUpload();
            }
            return head;
        } catch (RuntimeException e) {
            stopUpload();
            throw e;
        }
    }

    /** Over HTTP/2 a response may begin, and continue, before the end of its request. */
    private boolean isDuplex() {
        return exchange.client().protocol().equals("HTTP/2.0");
    }

    /**
     * Ends the upload before the request of the server ends, because a body must not be read after that.
     *
     * @throws ExchangeException when the client's body could not be read to its end
     */
    private void stopUpload() {
        RequestBodySender sender = upload;
        if (sender != null) {
            upload = null;
            sentWhole = sender.stop();
        }
    }

    /**
     * Waits a limited time for {@code 100 Continue}. Without it, the upstream gets the body anyway (RFC 9110 section
     * 10.1.1). The client withholds its body during this wait, so its timeout is paused.
     *
     * @return false when the final head arrives instead
     */
    private boolean mayContinue() {
        exchange.budget().pause();
        try {
            return !stream.hasFinalHeadWithin(CONTINUE_WITHIN.toNanos());
        } finally {
            exchange.budget().resume();
        }
    }

    private HeadersFrame finalHead() {
        HeadersFrame head = stream.head();
        for (int interim = 0; status(head) < 200; interim++) {
            if (interim == MOST_INTERIM) {
                throw new ExchangeException(
                        FailureKind.RESET,
                        ProxyError.HTTP_PROTOCOL_ERROR,
                        target + " sent more than " + MOST_INTERIM + " interim responses");
            }
            if (status(head) != 100) {
                exchange.client().interim(status(head), headers(head));
            }
            head = stream.head();
        }
        return head;
    }

    private static int status(HeadersFrame head) {
        return ((MetaData.Response) head.getMetaData()).getStatus();
    }

    private static Headers headers(HeadersFrame head) {
        return Http2Headers.of(head.getMetaData().getHttpFields());
    }

    /** Records that the whole request was sent. The upstream's time begins, unless it has answered. */
    private synchronized void sent() {
        sentWhole = true;
        if (!answered) {
            watch.expireIn(
                    Math.min(timeouts.attempt().toNanos(), exchange.budget().left()));
        }
    }

    private synchronized void headArrived() {
        answered = true;
        watch.pause();
    }

    /** Bytes of the request count against the silence of a stream in both directions. */
    private synchronized void uploaded() {
        if (awaitingData) {
            watch.expireIn(idleNanos);
        }
    }

    private synchronized void await(boolean data) {
        awaitingData = data;
        if (data) {
            watch.expireIn(idleNanos);
        } else {
            watch.pause();
        }
    }

    private void clientBrokeOff() {
        stream.fail(new ExchangeException(FailureKind.CLIENT_BODY, "the request body broke off"));
    }

    private FinalResponse answer(HeadersFrame head) {
        headArrived();
        Headers headers = headers(head);
        Duration silence = isStream(headers) ? timeouts.stream() : timeouts.idle();
        idleNanos = silence.toNanos();
        if (upload != null) {
            exchange.client().duplex(silence);
        }
        if (head.isEndStream()) {
            finished();
            return new FinalResponse(status(head), headers, Body.EMPTY);
        }
        if (isWithoutBody(status(head))) {
            release();
            return new FinalResponse(status(head), headers, Body.EMPTY);
        }
        long length = head.getMetaData().getHttpFields().getLongField(HttpHeader.CONTENT_LENGTH);
        return new FinalResponse(
                status(head), headers, new Http2ResponseBody(Math.max(length, Body.UNKNOWN), stream, this));
    }

    private static boolean isStream(Headers headers) {
        return Grpc.isIn(headers) || EventStream.matches(headers.first("Content-Type"));
    }

    /** RFC 9110 section 6.4.1. */
    private boolean isWithoutBody(int status) {
        return exchange.request().method().equals("HEAD") || status == 204 || status == 304;
    }

    /**
     * Waits for content of the response.
     *
     * @return null at its end
     */
    Stream.@Nullable Data awaitData() {
        await(true);
        try {
            return stream.read();
        } catch (UnprocessedException e) {
            throw new ExchangeException(
                    FailureKind.RESET,
                    ProxyError.HTTP_RESPONSE_INCOMPLETE,
                    target + " " + e.getMessage() + " in the middle of its response");
        } catch (ExchangeException e) {
            // The failure of the upload, if it is the cause.
            stopUpload();
            throw e;
        } finally {
            await(false);
        }
    }

    /** Ends an exchange whose response was read completely. The target needs no more of the request. */
    void finished() {
        try {
            stopUpload();
        } catch (ExchangeException e) {
            // The response is complete without the rest of the request.
        }
        if (!sentWhole) {
            stream.abandon();
        }
        end();
    }

    /** Abandons the stream, because the rest of the response is not needed or not available. */
    void release() {
        stream.abandon();
        try {
            stopUpload();
        } catch (ExchangeException e) {
            // The cause of the release is known.
        }
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            watch.close();
            uploadWatch.close();
            connection.giveBack();
        }
    }
}
