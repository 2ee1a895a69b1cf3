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
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/2, and what one connection may ask of the node. Jetty enforces most of the limits; this class decides on them.
 */
public class Http2ConnectionFactory extends HTTP2ServerConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Http2ConnectionFactory.class);

    /** At least 100 are advised (RFC 9113 section 6.5.2). */
    private static final int STREAMS = 128;

    /**
     * Frames a second that cost the node more than the client: SETTINGS, PING, PRIORITY, RST_STREAM either way, empty
     * and small
     * ones. One more, and the connection ends with {@code ENHANCE_YOUR_CALM}: rapid reset and its kin.
     */
    private static final int FRAMES_A_SECOND = 128;

    private static final int SETTINGS = 32;

    /** The flow-control window of one upload, and of a connection with many. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;

    private static final Http2ResetPropagation RESET_STREAMS = new Http2ResetPropagation();

    private final Http2UploadMemoryLimit uploads;
    private final LogThrottle log = new LogThrottle(Ticker.SYSTEM);
    private HeadLimits heads = HeadLimits.NONE;

    /**
     * A factory with the limits of this gateway.
     *
     * @param protocol {@code h2} over TLS, {@code h2c} in clear text
     */
    @SuppressWarnings("this-escape") // No subclass overrides the setters that it calls.
    public Http2ConnectionFactory(HttpConfiguration http1, String protocol) {
        super(configuration(http1), protocol);
        uploads = new Http2UploadMemoryLimit(HeapBasedLimits.unreadUploads(), http1.getInputBufferSize());
        setMaxConcurrentStreams(STREAMS);
        setRateControlFactory(new WindowRateControl.Factory(FRAMES_A_SECOND));
        setMaxSettingsKeys(SETTINGS);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        // Must fit the bytes of HTTP/2 that HTTP/1.1 read before the upgrade; Jetty's constructor sets another size.
        setInputBufferSize(http1.getInputBufferSize());
        // Extended CONNECT (RFC 8441) would open a tunnel.
        setConnectProtocolEnabled(false);
        getHttpConfiguration().addCustomizer(new Http2RequestValidator(() -> heads));
        addEventListener(new Http2ShutdownWorkaround());
    }

    /**
     * A request of HTTP/2 that names two hosts is malformed (RFC 9113 section 8.3.1); in HTTP/1.1 one of them is
     * ignored.
     */
    private static HttpConfiguration configuration(HttpConfiguration http1) {
        HttpConfiguration http2 = new HttpConfiguration(http1);
        http2.setHttpCompliance(HttpCompliance.RFC7230);
        return http2;
    }

    /** Bounds the heads of connections to come. Has to be called before the server starts. */
    public void setHeadLimits(HeadLimits limits) {
        heads = limits;
    }

    /**
     * As Jetty's, with a parser, a flow control and a listener of the gateway's own, for which Jetty has no factory
     * methods.
     */
    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConfiguration http = getHttpConfiguration();
        Http2HeadMemory memory = new Http2HeadMemory(heads.budget());
        Generator generator = new Generator(
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
                connector.getScheduler(), endPoint, parser, generator, listener, uploads.flowControl(memory::release));
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
                    "Ended the HTTP/2 connection of {} with ENHANCE_YOUR_CALM: {}. Heads may have {} bytes.",
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
            ((HTTP2Session) session).addEventListener(RESET_STREAMS);
        }

        /**
         * A head without memory ends its connection: a refused stream keeps its head until the refusal is sent.
         */
        @Override
        public Stream.@Nullable Listener onNewStream(Stream stream, HeadersFrame frame) {
            HTTP2Session session = (HTTP2Session) stream.getSession();
            boolean taken = memory.take(stream.getId(), kept((MetaData.Request) frame.getMetaData()));
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

        /** The memory of a head. Headers that repeat an entry of HPACK's table share its text. */
        private long kept(MetaData.Request head) {
            long bytes = Http2Head.of(head.getMethod(), head.getHttpURI(), head.getHttpFields())
                    .bytes();
            return Math.min(bytes, 2L * getHttpConfiguration().getRequestHeaderSize());
        }

        /**
         * Trailers end their stream (RFC 9113 section 8.1); Jetty would take what does not for the end of the body, and
         * fail then.
         */
        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            if (!frame.isEndStream()) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
            } else if (frame.getMetaData().getHttpFields().size() > heads.maxHeaders()) {
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
            } else {
                super.onHeaders(stream, frame);
            }
        }

        /** Names the true cause for a stream that ends because the gateway ends its connection, and not the client. */
        @Override
        public void onFailure(Stream stream, int error, String reason, Throwable failure, Callback callback) {
            if (error == ErrorCode.CANCEL_STREAM_ERROR.code || error == ErrorCode.NO_ERROR.code) {
                super.onFailure(stream, error, reason, failure, callback);
            } else {
                onStreamFailure(stream, ended(error, reason), callback);
            }
        }

        private static ExchangeException ended(int error, String reason) {
            return new ExchangeException(
                    reason.equals(Http2Parser.NO_MEMORY) ? FailureKind.OVERLOAD : FailureKind.CLIENT_BODY,
                    "the gateway ended the HTTP/2 connection because another frame broke its limits or rules: "
                            + ErrorCode.toString(error, "?") + ", " + reason);
        }

        /**
         * A client may close the connection before the writing thread learns of its success, and the completed write
         * fails. So this waits for the current write: frames are sent one after another.
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
