package dev.pintle.upstream.http2;

import dev.pintle.http.Body;
import dev.pintle.http.EventStream;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.Headers;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.upload.RequestBodySender;
import java.time.Duration;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over one stream. Used by one thread, except for the body that a {@link
 * RequestBodySender} sends. Watchdogs and the cancellation of the exchange end the stream.
 */
final class Http2Exchange {
    private static final Duration CONTINUE_WITHIN = Duration.ofSeconds(1);

    private final Http2Connection connection;
    private final Target target;
    private final Exchange exchange;
    private final Timeouts timeouts;
    private final UpstreamStream stream;
    private final ResponseTimer timer;
    private final WatchdogTimer uploadTimer;
    private final long begin;
    private @Nullable RequestBodySender upload;
    private boolean sentWhole;
    private boolean ended;

    /** @param connection one stream of it is reserved */
    Http2Exchange(Http2Connection connection, Watchdog watchdog, Target target, Exchange exchange, Timeouts timeouts) {
        this.connection = connection;
        this.target = target;
        this.exchange = exchange;
        this.timeouts = timeouts;
        this.stream = new UpstreamStream(target);
        this.timer = new ResponseTimer(watchdog, target, stream);
        this.uploadTimer = watchdog.watch(() -> stream.fail(new ExchangeException(
                FailureKind.TIMEOUT,
                ProxyStatusError.CONNECTION_WRITE_TIMEOUT,
                target + " did not take the request body in time")));
        this.begin = connection.now();
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
            timer.sendHead(timeouts.idle());
            stream.open(connection.session(), request);
            return answer(head(request));
        } catch (RuntimeException e) {
            release();
            ExchangeException cause = exchange.cancellation().cause();
            if (cause == null && e instanceof ExchangeException failure && failure.kind() == FailureKind.TIMEOUT) {
                connection.timedOut(begin);
            }
            throw cause == null ? e : cause;
        }
    }

    private void cancel() {
        ExchangeException cause = exchange.cancellation().cause();
        if (cause != null) {
            stream.fail(cause);
        }
    }

    /** Sends the request body, and waits for the final response head. */
    private ResponseHead head(HeadersFrame request) {
        if (request.isEndStream()) {
            sent();
            return finalHead();
        }
        if (exchange.request().headers().has("Expect") && !mayContinue()) {
            return finalHead();
        }
        startUpload();
        try {
            ResponseHead head = finalHead();
            if (head.last() || !isDuplex(head)) {
                stopUpload();
            }
            return head;
        } catch (RuntimeException e) {
            stopUpload();
            throw e;
        }
    }

    private ResponseHead finalHead() {
        return ResponseHead.awaitFinal(stream, exchange.client(), target);
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

    private void startUpload() {
        Body body = exchange.request().body();
        if (Grpc.isIn(exchange.request().headers())) {
            exchange.client().duplex(timeouts.stream());
        }
        RequestBodySender sender = new RequestBodySender(
                exchange,
                new Http2BodyEncoder(stream.stream(), body.length(), timer::requestMoved),
                uploadTimer,
                timeouts.idle(),
                this::sent,
                () -> stream.fail(new ExchangeException(FailureKind.CLIENT_BODY, "the request body broke off")));
        upload = sender;
        timer.sendBody();
        sender.start();
    }

    /** A client of HTTP/1.1 stops sending when it sees an error (RFC 9112 section 9.5). */
    private boolean isDuplex(ResponseHead head) {
        return head.status() / 100 == 2 || exchange.client().protocol().equals("HTTP/2.0");
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

    /** Records that the whole request was sent. */
    private void sent() {
        sentWhole = true;
        timer.sent(Math.min(timeouts.attempt().toNanos(), exchange.budget().left()));
    }

    private FinalResponse answer(ResponseHead head) {
        Duration silence = isStream(head.headers()) ? timeouts.stream() : timeouts.idle();
        timer.answered(silence);
        connection.answered();
        if (upload != null) {
            exchange.client().duplex(silence);
        }
        String method = exchange.request().method();
        if (head.lacksContent(method)) {
            throw StreamFailure.malformed("it announces " + head.length() + " bytes and has no content", target);
        }
        if (head.isWithoutContent(method)) {
            if (head.last()) {
                finished();
            } else {
                release();
            }
            return new FinalResponse(head.status(), head.headers(), Body.EMPTY);
        }
        long length = Math.max(head.length(), Body.UNKNOWN);
        return new FinalResponse(head.status(), head.headers(), new Http2ResponseBody(length, target, stream, this));
    }

    private static boolean isStream(Headers headers) {
        return Grpc.isIn(headers) || EventStream.matches(headers.first("Content-Type"));
    }

    /**
     * Waits for content of the response.
     *
     * @return null at its end
     */
    Stream.@Nullable Data awaitData() {
        timer.awaitContent();
        try {
            return stream.read();
        } catch (UnprocessedException e) {
            throw new ExchangeException(
                    FailureKind.RESET,
                    ProxyStatusError.HTTP_RESPONSE_INCOMPLETE,
                    target + " " + e.getMessage() + " in the middle of its response");
        } catch (ExchangeException e) {
            // The failure of the upload, if it is the cause.
            stopUpload();
            throw e;
        } finally {
            timer.gotContent();
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
            timer.close();
            uploadTimer.close();
            connection.giveBack();
        }
    }
}
