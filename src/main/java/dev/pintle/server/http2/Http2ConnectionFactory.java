package dev.pintle.server.http2;

import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.guards.HeapBasedLimits;
import dev.pintle.server.guards.LogThrottle;
import dev.pintle.time.Ticker;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates HTTP/2 connections with the limits of the gateway. This class chooses the limits; Jetty enforces most of
 * them.
 */
public class Http2ConnectionFactory extends HTTP2ServerConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Http2ConnectionFactory.class);

    /** The recommended minimum is 100 (RFC 9113 section 6.5.2). */
    private static final int MAX_STREAMS = 128;

    /**
     * The limit per second on frames that cost the node more than the client: SETTINGS, PING, PRIORITY, empty and
     * small frames. A connection that exceeds it ends with {@code ENHANCE_YOUR_CALM}.
     */
    private static final int FRAMES_PER_SECOND = 128;

    private static final int MAX_SETTINGS = 32;

    /** The flow control window of one upload, and of a connection with many. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;

    private static final Http2ResetPropagation RESET_PROPAGATION = new Http2ResetPropagation();

    private final Http2UploadMemoryLimit uploadMemory;
    private final LogThrottle log = new LogThrottle(Ticker.SYSTEM);
    private HeadLimits headLimits = HeadLimits.NONE;

    /**
     * Creates a factory with the limits of the gateway.
     *
     * @param protocol {@code h2} over TLS, {@code h2c} in clear text
     */
    @SuppressWarnings("this-escape") // No subclass overrides the setters that the constructor calls.
    public Http2ConnectionFactory(HttpConfiguration http1, String protocol) {
        super(configuration(http1), protocol);
        uploadMemory = new Http2UploadMemoryLimit(HeapBasedLimits.unreadUploads(), http1.getInputBufferSize());
        setMaxConcurrentStreams(MAX_STREAMS);
        setRateControlFactory(Http2FrameRate.factory(FRAMES_PER_SECOND));
        setMaxSettingsKeys(MAX_SETTINGS);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        // Must fit the bytes that the HTTP/1.1 connection read before the upgrade; Jetty sets another size.
        setInputBufferSize(http1.getInputBufferSize());
        // WebSockets (RFC 8441). The proxy port refuses other protocols.
        setConnectProtocolEnabled(true);
        // Without that of Jetty, which searches for a connector of HTTP/3 in each request. The gateway has none.
        getHttpConfiguration().setCustomizers(http1.getCustomizers());
        getHttpConfiguration().addCustomizer(new Http2RequestValidator(() -> headLimits));
        addEventListener(new Http2ShutdownWorkaround());
    }

    /**
     * Rejects an HTTP/2 request with two different hosts as malformed (RFC 9113 section 8.3.1). HTTP/1.1 ignores one of
     * them.
     */
    private static HttpConfiguration configuration(HttpConfiguration http1) {
        HttpConfiguration http2 = new HttpConfiguration(http1);
        http2.setHttpCompliance(HttpCompliance.RFC7230);
        return http2;
    }

    /** Limits the heads of new connections. Call this before the server starts. */
    public void setHeadLimits(HeadLimits limits) {
        headLimits = limits;
    }

    /**
     * Creates a connection like Jetty, with a parser, flow control and listener of the gateway. Jetty has no factory
     * methods for these.
     */
    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConfiguration http = getHttpConfiguration();
        Http2HeadMemory memory = new Http2HeadMemory(headLimits.budget());
        Generator generator = new Http2FrameGenerator(
                connector.getByteBufferPool(), isUseOutputDirectByteBuffers(), getMaxHeaderBlockFragment());
        generator.getHpackEncoder().setMaxHeaderListSize(http.getMaxResponseHeaderSize());
        Http2Parser parser = new Http2Parser(
                connector.getByteBufferPool(),
                http.getRequestHeaderSize(),
                getRateControlFactory().newRateControl(endPoint),
                memory,
                reason -> logRefusal(reason, endPoint));
        parser.setMaxSettingsKeys(getMaxSettingsKeys());
        ServerSessionListener listener = new Listener(endPoint, memory);
        HTTP2ServerSession session = new HTTP2ServerSession(
                connector.getScheduler(),
                Http2WriteBatch.of(connector, endPoint),
                parser,
                generator,
                listener,
                uploadMemory.flowControl(memory::release));
        configure(session, endPoint);
        HTTP2ServerConnection connection = new HTTP2ServerConnection(connector, endPoint, http, session, listener);
        connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
        connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
        connection.addEventListener(getBean(SessionContainer.class));
        connection.addEventListener(memory);
        getEventListeners().forEach(session::addEventListener);
        parser.init(connection);
        return configure(connection, connector, endPoint);
    }

    private void configure(HTTP2ServerSession session, EndPoint endPoint) {
        session.setMaxLocalStreams(getMaxConcurrentStreams());
        session.setMaxRemoteStreams(getMaxConcurrentStreams());
        session.setMaxEncoderTableCapacity(getMaxEncoderTableCapacity());
        session.setStreamIdleTimeout(endPoint.getIdleTimeout());
        session.setInitialSessionRecvWindow(getInitialSessionRecvWindow());
        session.setWriteThreshold(getHttpConfiguration().getOutputBufferSize());
        session.setConnectProtocolEnabled(isConnectProtocolEnabled());
    }

    private void logRefusal(String reason, EndPoint endPoint) {
        if (log.permits()) {
            LOG.warn(
                    "Ended the HTTP/2 connection of {} with ENHANCE_YOUR_CALM: {}. The maximum size "
                            + "of a head is {} bytes.",
                    endPoint.getRemoteSocketAddress(),
                    reason,
                    getHttpConfiguration().getRequestHeaderSize());
        }
    }

    /** Extends Jetty's listener of one connection with the checks that it lacks. */
    private final class Listener extends HTTPServerSessionListener {
        private final EndPoint endPoint;
        private final Http2HeadMemory memory;

        Listener(EndPoint endPoint, Http2HeadMemory memory) {
            super(endPoint);
            this.endPoint = endPoint;
            this.memory = memory;
        }

        @Override
        public void onAccept(Session session) {
            ((HTTP2Session) session).addEventListener(new Http2ClosedStreamGuard());
            ((HTTP2Session) session).addEventListener(RESET_PROPAGATION);
        }

        /**
         * Ends the connection when the budget has no memory for a head, because a rejected stream keeps its head until
         * the reset is sent.
         */
        @Override
        public Stream.@Nullable Listener onNewStream(Stream stream, HeadersFrame frame) {
            HTTP2Session session = (HTTP2Session) stream.getSession();
            boolean taken = memory.take(stream.getId(), headMemory((MetaData.Request) frame.getMetaData()));
            if (session.getStream(stream.getId()) == null) {
                memory.release(stream.getId());
            }
            if (taken) {
                return super.onNewStream(stream, frame);
            }
            logRefusal(Http2Parser.NO_MEMORY, endPoint);
            session.onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, Http2Parser.NO_MEMORY);
            return this;
        }

        /** Returns the memory of a head. Headers that repeat an entry of the HPACK table share its text. */
        private long headMemory(MetaData.Request head) {
            long bytes = Http2Head.of(head.getMethod(), head.getHttpURI(), head.getHttpFields())
                    .bytes();
            return Math.min(bytes, 2L * getHttpConfiguration().getRequestHeaderSize());
        }

        /**
         * Rejects trailers that do not end their stream (RFC 9113 section 8.1). Jetty would treat them as the end of
         * the body and fail later.
         */
        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (!frame.isEndStream()) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
            } else if (frame.getMetaData().getHttpFields().size() > headLimits.maxHeaders()) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
            } else {
                super.onHeaders(stream, frame);
            }
        }

        /** Reports the true cause when a stream ends because the gateway ends its connection. */
        @Override
        public void onFailure(Stream stream, int error, String reason, Throwable failure, Callback callback) {
            if (error == ErrorCode.CANCEL_STREAM_ERROR.code || error == ErrorCode.NO_ERROR.code) {
                super.onFailure(stream, error, reason, failure, callback);
            } else {
                onStreamFailure(stream, endedByGateway(error, reason), callback);
            }
        }

        private static ExchangeException endedByGateway(int error, String reason) {
            return new ExchangeException(
                    reason.equals(Http2Parser.NO_MEMORY) ? FailureKind.OVERLOAD : FailureKind.CLIENT_BODY,
                    "the gateway ended the HTTP/2 connection because another frame broke its limits or rules: "
                            + ErrorCode.toString(error, "?") + ", " + reason);
        }

        /**
         * Waits for the current write before it reports a failure. A client may close the connection before the writing
         * thread records its success, and the completed write would fail. A PING completes after that write, because
         * frames are sent in order.
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
