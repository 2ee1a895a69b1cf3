package dev.pintle.proxy;

import dev.pintle.tunnel.ClientStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/**
 * The output to a client, on the connection that the server hands over after a 101 response, or on a stream of HTTP/2. Jetty's
 * session keeps a stream that its end point closes before the last frame has left. {@code JettyDefectsTest} fails when it does
 * not; delete {@link #close(HTTP2Stream)} then.
 */
final class EndPointStream implements ClientStream {
    private final EndPoint endPoint;

    EndPointStream(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    @Override
    public void write(byte[] buffer, int length) throws IOException {
        try (Blocker.Callback written = Blocker.callback()) {
            endPoint.write(written, ByteBuffer.wrap(buffer, 0, length));
            written.block();
        }
    }

    @Override
    public void endOutput() {
        endPoint.shutdownOutput();
    }

    @Override
    public void close() {
        if (endPoint.getTransport() instanceof HTTP2Stream stream) {
            close(stream);
        } else {
            endPoint.close();
        }
    }

    /** The session removes a stream that both sides ended, and a stream that is reset. */
    private void close(HTTP2Stream stream) {
        if (endPoint.isInputShutdown() && endPoint.isOutputShutdown()) {
            endPoint.getConnection().onClose(null);
            return;
        }
        if (!stream.isResetOrFailed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        }
        endPoint.close();
    }
}
