package dev.pintle.proxy;

import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;

/** What one HTTP/2 connection may ask of the node. Jetty keeps the limits; which they are is decided here. */
final class Http2 {
    /** At least 100 are advised (RFC 9113 section 6.5.2). */
    private static final int STREAMS = 128;

    /**
     * Frames a second that cost the node more than the client: SETTINGS, PING, PRIORITY, RST_STREAM either way, empty and small
     * ones. One more, and the connection ends with {@code ENHANCE_YOUR_CALM}: rapid reset and its kin.
     */
    private static final int FRAMES_A_SECOND = 128;

    private static final int SETTINGS = 32;

    /** What an upload may have on its way, unread: bounds the memory of a stream, and of a connection with many. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;

    private Http2() {}

    /** A request of HTTP/2 that names two hosts is malformed (RFC 9113 section 8.3.1); in HTTP/1.1 one of them is ignored. */
    static HttpConfiguration configuration(HttpConfiguration http1) {
        HttpConfiguration http2 = new HttpConfiguration(http1);
        http2.setHttpCompliance(HttpCompliance.RFC7230);
        return http2;
    }

    /** Sets the limits of a connector's connections; that of the head is in its HTTP configuration. */
    static <T extends AbstractHTTP2ServerConnectionFactory> T limited(T connections) {
        connections.setMaxConcurrentStreams(STREAMS);
        connections.setRateControlFactory(new WindowRateControl.Factory(FRAMES_A_SECOND));
        connections.setMaxSettingsKeys(SETTINGS);
        connections.setInitialStreamRecvWindow(STREAM_WINDOW);
        connections.setInitialSessionRecvWindow(CONNECTION_WINDOW);
        // Extended CONNECT (RFC 8441) would open a tunnel.
        connections.setConnectProtocolEnabled(false);
        return connections;
    }
}
