package dev.pintle.server.http2;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Channel;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Cancels the request of a stream that the server resets. Otherwise a client that violates the protocol on purpose
 * could have more requests in progress than streams. Safe for all threads.
 */
final class Http2ResetPropagation implements HTTP2Session.FrameListener {
    @Override
    public void onOutgoingFrame(Session session, Frame frame) {
        if (frame instanceof ResetFrame reset
                && reset.getError() != ErrorCode.NO_ERROR.code
                && session.getStream(reset.getStreamId()) instanceof HTTP2Stream stream
                && stream.getAttachment() instanceof HTTP2Channel.Server request) {
            Thread.ofVirtual()
                    .name("reset-stream")
                    .start(() -> request.onFailure(cause(reset.getError()), Callback.NOOP)
                            .run());
        }
    }

    /** Returns the cause of a reset. Only the resets of {@link Http2UploadMemoryLimit} are not the client's fault. */
    private static ExchangeException cause(int error) {
        return error == ErrorCode.ENHANCE_YOUR_CALM_ERROR.code
                ? new ExchangeException(FailureKind.OVERLOAD, "the memory for unread uploads is exhausted")
                : new ExchangeException(
                        FailureKind.CLIENT_BODY, "the client violated HTTP/2: " + ErrorCode.toString(error, "?"));
    }
}
