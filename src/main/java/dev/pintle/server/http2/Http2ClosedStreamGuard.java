package dev.pintle.server.http2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Answers DATA on a stream that the client has ended with one stream error (RFC 9113 section 6.1), which Jetty omits, see
 * {@code JettyDefectsTest}. DATA in flight is valid after the gateway has ended the stream (section 5.1). Safe for all
 * threads.
 */
final class Http2ClosedStreamGuard implements HTTP2Session.FrameListener {
    private static final int REMEMBERED = 128;

    /** Recently reset streams, and whether DATA on them is ignored. */
    private final Map<Integer, Boolean> reset = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private int newest;

    @Override
    public synchronized void onOutgoingFrame(Session session, Frame frame) {
        if (frame instanceof ResetFrame byTheGateway) {
            reset.putIfAbsent(byTheGateway.getStreamId(), true);
        }
    }

    @Override
    public void onIncomingFrame(Session session, Frame frame) {
        switch (frame) {
            case HeadersFrame head -> onHeaders(head.getStreamId());
            case ResetFrame byTheClient -> onReset(byTheClient.getStreamId());
            case DataFrame data
            when session.getStream(data.getStreamId()) == null ->
                rejectData((HTTP2Session) session, data.getStreamId());
            default -> {}
        }
    }

    private void rejectData(HTTP2Session session, int stream) {
        if (needsReset(stream)) {
            session.frames(null, List.of(new ResetFrame(stream, ErrorCode.STREAM_CLOSED_ERROR.code)), Callback.NOOP);
        }
    }

    private synchronized void onHeaders(int stream) {
        newest = Math.max(newest, stream);
    }

    private synchronized void onReset(int stream) {
        reset.putIfAbsent(stream, false);
    }

    /** Excludes streams that never began: DATA on them is a connection error, which Jetty handles. */
    private synchronized boolean needsReset(int stream) {
        return stream <= newest && !Boolean.TRUE.equals(reset.put(stream, true));
    }
}
