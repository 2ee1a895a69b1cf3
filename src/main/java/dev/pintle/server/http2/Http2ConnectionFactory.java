package dev.pintle.server.http2;

import dev.pintle.server.guards.HeapBasedLimits;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;

/** HTTP/2, and what one connection may ask of the node. Jetty keeps the limits; which they are is decided here. */
public class Http2ConnectionFactory extends HTTP2ServerConnectionFactory {
    /** At least 100 are advised (RFC 9113 section 6.5.2). */
    private static final int STREAMS = 128;

    /**
     * Frames a second that cost the node more than the client: SETTINGS, PING, PRIORITY, RST_STREAM either way, empty and small
     * ones. One more, and the connection ends with {@code ENHANCE_YOUR_CALM}: rapid reset and its kin.
     */
    private static final int FRAMES_A_SECOND = 128;

    private static final int SETTINGS = 32;

    /** What an upload may have on its way, unread, on a stream and on a connection with many. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;

    private static final Http2ResetPropagation RESET_STREAMS = new Http2ResetPropagation();

    /**
     * A factory with the limits of this gateway.
     *
     * @param protocol {@code h2} over TLS, {@code h2c} in clear text
     */
    @SuppressWarnings("this-escape") // No subclass overrides the setters that it calls.
    public Http2ConnectionFactory(HttpConfiguration http1, String protocol) {
        super(configuration(http1), protocol);
        setMaxConcurrentStreams(STREAMS);
        setRateControlFactory(new WindowRateControl.Factory(FRAMES_A_SECOND));
        setMaxSettingsKeys(SETTINGS);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        // What HTTP/1.1 has read of HTTP/2 before it hands over must fit; Jetty's constructor takes a size of its own.
        setInputBufferSize(http1.getInputBufferSize());
        setFlowControlStrategyFactory(
                new Http2UploadMemoryLimit(HeapBasedLimits.unreadUploads(), http1.getInputBufferSize())::flowControl);
        // Extended CONNECT (RFC 8441) would open a tunnel.
        setConnectProtocolEnabled(false);
        addEventListener(new Http2ShutdownWorkaround());
    }

    /** A request of HTTP/2 that names two hosts is malformed (RFC 9113 section 8.3.1); in HTTP/1.1 one of them is ignored. */
    private static HttpConfiguration configuration(HttpConfiguration http1) {
        HttpConfiguration http2 = new HttpConfiguration(http1);
        http2.setHttpCompliance(HttpCompliance.RFC7230);
        http2.addCustomizer(new Http2RequestValidator());
        return http2;
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
        return new Listener(endPoint);
    }

    private final class Listener extends HTTPServerSessionListener {
        Listener(EndPoint endPoint) {
            super(endPoint);
        }

        @Override
        public void onAccept(Session session) {
            ((HTTP2Session) session).addEventListener(new Http2ClosedStreamGuard());
            ((HTTP2Session) session).addEventListener(RESET_STREAMS);
        }

        /** Trailers end their stream (RFC 9113 section 8.1); Jetty would take what does not for the end of the body, and fail then. */
        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (frame.isEndStream()) {
                super.onHeaders(stream, frame);
            } else {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
            }
        }

        /**
         * A client that has all it asked for may close the connection before the thread that wrote knows that it did; its write
         * would fail though it succeeded. So what is being written is written first: frames are sent one after another.
         */
        @Override
        public void onFailure(Session session, Throwable failure, Callback callback) {
            if (session.getStreams().isEmpty()) {
                super.onFailure(session, failure, callback);
            } else {
                session.ping(
                        new PingFrame(false),
                        Callback.from(callback.getInvocationType(), () -> super.onFailure(session, failure, callback)));
            }
        }
    }
}
