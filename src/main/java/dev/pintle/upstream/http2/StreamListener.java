package dev.pintle.upstream.http2;

import dev.pintle.upstream.target.Target;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reports what Jetty calls for one stream to its {@link StreamEvents}. */
record StreamListener(StreamEvents events, Target target) implements Stream.Listener {
    @Override
    public void onHeaders(Stream from, HeadersFrame frame) {
        events.headers(frame, !events.hasAnswered() && hasContent(from));
    }

    /** Jetty adds the end of a stream without content before it reports the head. */
    private static boolean hasContent(Stream from) {
        Stream.Data early = from.readData();
        if (early == null) {
            return false;
        }
        boolean isEnd =
                early.frame().isEndStream() && !early.frame().getByteBuffer().hasRemaining();
        early.release();
        return !isEnd;
    }

    @Override
    public void onDataAvailable(Stream from) {
        events.dataArrived();
    }

    @Override
    public void onReset(Stream from, ResetFrame frame, Callback callback) {
        events.fail(StreamFailure.reset(frame.getError(), events.hasAnswered(), target));
        callback.succeeded();
    }

    @Override
    public void onFailure(Stream from, int error, String reason, @Nullable Throwable cause, Callback callback) {
        events.fail(StreamFailure.connection(error, reason, cause, events.hasAnswered(), target));
        callback.succeeded();
    }
}
