package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.time.WatchdogTimer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client's body on its way to the upstream, passed on as it comes, on a thread of its own: so the thread of the exchange
 * hears an answer that comes before the end of the body, whatever the client and the upstream do meanwhile.
 *
 * <p>The client's side times the reading, the watch times the writing, and the exchange's budget stands still until the
 * upload ends.
 */
final class RequestBodySender {
    private final Exchange exchange;
    private final Body body;
    private final Http1BodyEncoder frames;
    private final WatchdogTimer watch;
    private final long idleNanos;
    private final Runnable onEnd;
    private final Runnable cut;
    private final Thread thread = Thread.ofVirtual().name("upload").unstarted(this::run);

    private boolean reading;
    private boolean stopped;
    private boolean ended;
    private boolean whole;
    private @Nullable RuntimeException fault;

    /**
     * An upload that has yet to start.
     *
     * @param frames write to the upstream
     * @param onEnd told when nothing is left to be sent, unless the upload was stopped before
     * @param cut closes the connection when the client's body breaks off, so that the upstream sees that, too
     */
    RequestBodySender(
            Exchange exchange,
            Http1BodyEncoder frames,
            WatchdogTimer watch,
            Duration idle,
            Runnable onEnd,
            Runnable cut) {
        this.exchange = exchange;
        this.body = exchange.request().body();
        this.frames = frames;
        this.watch = watch;
        this.idleNanos = idle.toNanos();
        this.onEnd = onEnd;
        this.cut = cut;
    }

    void start() {
        exchange.budget().pause();
        thread.start();
    }

    /**
     * Sends nothing more, and comes back when the client's body is let go of. An upstream that does not take what is being
     * written to it holds that up until the connection closes; nobody waits for that.
     *
     * @return whether the whole body was sent
     * @throws ExchangeException when the client's body could not be read to its end; the connection was cut for that
     */
    synchronized boolean stop() {
        if (!ended && !stopped) {
            stopped = true;
            exchange.budget().resume();
            if (reading) {
                // Never while it writes: that would close the connection, and the answer would be lost.
                thread.interrupt();
            }
        }
        awaitLettingGo();
        if (fault != null) {
            throw fault;
        }
        return whole;
    }

    private void run() {
        try {
            boolean more = true;
            while (more && mayRead()) {
                more = fill();
                Headers trailers = more ? Headers.EMPTY : body.trailers();
                if (mayWrite()) {
                    send(more, trailers);
                }
            }
            end(true);
        } catch (IOException e) {
            // The upstream takes no more; the other thread hears what it has to say, or that it is gone.
            end(false);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private boolean fill() {
        try {
            return frames.fill(body.stream());
        } catch (IOException e) {
            throw new ExchangeException(FailureKind.CLIENT_BODY, "the request body broke off: " + e.getMessage());
        }
    }

    private void send(boolean more, Headers trailers) throws IOException {
        if (more) {
            frames.write();
        } else {
            frames.end(trailers);
        }
    }

    private synchronized boolean mayRead() {
        if (!stopped) {
            reading = true;
            watch.pause();
        }
        return !stopped;
    }

    private synchronized boolean mayWrite() {
        letGo();
        if (!stopped) {
            watch.expireIn(idleNanos);
        }
        return !stopped;
    }

    private synchronized void end(boolean sentAll) {
        if (!stopped) {
            ended = true;
            whole = sentAll;
            exchange.budget().resume();
            onEnd.run();
        }
    }

    private synchronized void fail(RuntimeException e) {
        letGo();
        if (!stopped) {
            ended = true;
            fault = e;
            exchange.budget().resume();
            cut.run();
        }
    }

    private synchronized void letGo() {
        reading = false;
        notifyAll();
    }

    private synchronized void awaitLettingGo() {
        boolean interrupted = false;
        while (reading) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
