package dev.pintle.upstream.http2;

import dev.pintle.upstream.target.Target;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 stream, in blocking calls. One thread reads it and another may write to it. Any thread may {@linkplain
 * #fail end} it, which ends their waits.
 */
final class UpstreamStream {
    private final Target target;
    private final StreamEvents events;
    private volatile @Nullable Stream stream;

    UpstreamStream(Target target) {
        this.target = target;
        this.events = new StreamEvents(target);
    }

    /**
     * Sends the head of the request.
     *
     * @throws UnprocessedException when the connection accepts no further stream
     * @throws dev.pintle.http.ExchangeException when the connection broke off, and the target may have received the head
     */
    void open(Session session, HeadersFrame head) {
        if (session.isClosed()) {
            throw new UnprocessedException("closed the connection before the request was sent");
        }
        session.newStream(
                head,
                Promise.from(this::opened, cause -> events.fail(StreamFailure.notOpened(cause, target))),
                new StreamListener(events, target));
        events.awaitOpen();
    }

    private void opened(Stream now) {
        stream = now;
        if (!events.opened()) {
            reset(now);
        }
    }

    /**
     * Waits for the next response head, interim or final.
     *
     * @throws RuntimeException the failure of the stream
     */
    HeadersFrame head() {
        return events.head();
    }

    /** Whether the final head or the failure of the stream arrives within a time. Ends early when the target continues (100). */
    boolean hasFinalHeadWithin(long nanos) {
        return events.hasFinalHeadWithin(nanos);
    }

    /** Returns content that has arrived; null when none has. */
    Stream.@Nullable Data available() {
        return stream().readData();
    }

    /**
     * Waits for content. A slow reader makes the target wait, because each read opens the window of the stream again.
     *
     * @return null when the stream was complete
     * @throws RuntimeException the failure of the stream
     */
    Stream.@Nullable Data read() {
        while (true) {
            // Frames arrive in order, so that content which has not arrived at the end never does.
            boolean over = events.isOver();
            Stream.Data data = stream().readData();
            if (data != null) {
                return data;
            }
            if (over) {
                events.requireEnd();
                return null;
            }
            stream().demand();
            events.awaitData();
        }
    }

    /** The failure of a stream with frames out of order, which may be complete otherwise; null for any other stream. */
    @Nullable
    RuntimeException malformation() {
        return events.malformation();
    }

    /** The trailers of a stream that was read to its end. */
    HttpFields trailers() {
        return events.trailers();
    }

    /** Ends the stream for both sides. Its reader and its writer get the reason. The first reason counts. */
    void fail(RuntimeException reason) {
        events.fail(reason);
        Stream open = stream;
        if (open != null) {
            reset(open);
        }
    }

    /** Tells the target that the rest of the stream is not needed. */
    void abandon() {
        Stream open = stream;
        if (open != null) {
            reset(open);
            releaseUnread(open);
        }
    }

    /** Returns unread content to the window of the connection. The reset of a closed stream does not. */
    private static void releaseUnread(Stream stream) {
        Stream.Data data = stream.readData();
        while (data != null) {
            boolean last = data.frame().isEndStream();
            data.release();
            data = last ? null : stream.readData();
        }
    }

    private static void reset(Stream stream) {
        if (!stream.isClosed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        }
    }

    /** The stream after {@link #open}. */
    Stream stream() {
        Stream open = stream;
        if (open == null) {
            throw new IllegalStateException("the stream is not open");
        }
        return open;
    }
}
