package dev.pintle.upstream.upload;

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
 * Streams the client's body to the upstream on a separate thread. The thread of the exchange can therefore read a
 * response that arrives before the end of the body.
 *
 * <p>The client connection limits the time of reads, and the watch limits the time of writes. The timeout of the
 * exchange is paused until the upload ends.
 */
public final class RequestBodySender {
    private final Exchange exchange;
    private final Body body;
    private final BodyEncoder frames;
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
     * Creates an upload that has not started.
     *
     * @param frames write to the upstream
     * @param onEnd runs when the whole body is sent, unless the upload was stopped before
     * @param cut closes the connection when the client's body breaks off, so that the upstream detects it
     */
    public RequestBodySender(
            Exchange exchange, BodyEncoder frames, WatchdogTimer watch, Duration idle, Runnable onEnd, Runnable cut) {
        this.exchange = exchange;
        this.body = exchange.request().body();
        this.frames = frames;
        this.watch = watch;
        this.idleNanos = idle.toNanos();
        this.onEnd = onEnd;
        this.cut = cut;
    }

    /** Starts sending, and pauses the timeout of the exchange. */
    public void start() {
        exchange.budget().pause();
        thread.start();
    }

    /**
     * Stops sending, and returns when the client's body is no longer in use. A write to an upstream that does not read
     * blocks until the connection closes; this method does not wait for it.
     *
     * @return whether the whole body was sent
     * @throws ExchangeException when the client's body could not be read to its end; the connection was cut for that
     */
    public synchronized boolean stop() {
        if (!ended && !stopped) {
            stopped = true;
            exchange.budget().resume();
            if (reading) {
                // Do not interrupt a write: that would close the connection and lose the response.
                thread.interrupt();
            }
        }
        awaitLettingGo();
        if (fault != null) {
            throw fault;
        }
        return whole;
    }

    /** Whether the whole body was sent. */
    public synchronized boolean isWhole() {
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
            // The upstream accepts no more bytes. The other thread reads its response or detects the close.
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
