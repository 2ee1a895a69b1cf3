package dev.pintle.upstream.http2;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import dev.pintle.upstream.target.Target;
import java.time.Duration;

/**
 * Limits the time that a target takes: for its response head, and then for each silence. Bytes of the request end a
 * silence, too, because a stream in both directions may be quiet in one. Thread-safe.
 */
final class ResponseTimer implements AutoCloseable {
    private final WatchdogTimer watch;
    private final Target target;
    private boolean answered;
    private boolean awaitingContent;
    private long silenceNanos;

    /** @param stream fails when the time is over */
    ResponseTimer(Watchdog watchdog, Target target, UpstreamStream stream) {
        this.target = target;
        this.watch = watchdog.watch(() -> stream.fail(failure()));
    }

    private synchronized ExchangeException failure() {
        return answered
                ? new ExchangeException(
                        FailureKind.TIMEOUT,
                        ProxyStatusError.CONNECTION_READ_TIMEOUT,
                        target + " stopped sending in the middle of its response")
                : new ExchangeException(
                        FailureKind.TIMEOUT,
                        ProxyStatusError.HTTP_RESPONSE_TIMEOUT,
                        target + " did not answer in time");
    }

    /** Limits the time until the target accepts the head of the request. */
    void sendHead(Duration longest) {
        watch.expireIn(longest.toNanos());
    }

    /** The client sends its body, whose time the target does not answer for. */
    void sendBody() {
        watch.pause();
    }

    /** The whole request was sent. Limits the time until the response head, unless it has arrived. */
    synchronized void sent(long nanos) {
        if (!answered) {
            watch.expireIn(nanos);
        }
    }

    /** The response head arrived. */
    synchronized void answered(Duration longestSilence) {
        answered = true;
        silenceNanos = longestSilence.toNanos();
        watch.pause();
    }

    synchronized void awaitContent() {
        awaitingContent = true;
        watch.expireIn(silenceNanos);
    }

    synchronized void gotContent() {
        awaitingContent = false;
        watch.pause();
    }

    /** Bytes of the request were sent. */
    synchronized void requestMoved() {
        if (awaitingContent) {
            watch.expireIn(silenceNanos);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
