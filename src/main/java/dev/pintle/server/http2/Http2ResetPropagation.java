package dev.pintle.server.http2;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Channel;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;

/**
 * A stream that the server resets takes its request along: else a client that errs on purpose would have more requests on their way
 * than it may have streams, and none could be taken back any more. Safe for all threads.
 */
final class Http2ResetPropagation implements HTTP2Session.FrameListener {
    @Override
    public void onOutgoingFrame(Session session, Frame frame) {
        if (frame instanceof ResetFrame reset
                && reset.getError() != ErrorCode.NO_ERROR.code
                && session.getStream(reset.getStreamId()) instanceof HTTP2Stream stream
                && stream.getAttachment() instanceof HTTP2Channel.Server request) {
            Thread.ofVirtual().name("reset-stream").start(() -> cancel(request));
        }
    }

    private static void cancel(HTTP2Channel.Server request) {
        request.onFailure(new EofException("the stream was reset"), Callback.NOOP)
                .run();
    }
}
