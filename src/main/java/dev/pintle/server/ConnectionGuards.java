package dev.pintle.server;

import dev.pintle.server.guards.ConnectionMonitor;
import dev.pintle.server.guards.HeapBasedLimits;
import dev.pintle.server.guards.NodeConnectionLimit;
import dev.pintle.server.guards.PerClientConnectionLimit;
import dev.pintle.server.guards.TlsHandshakeTimeout;
import dev.pintle.server.http2.Http2FrameTimeout;
import dev.pintle.server.http2.Http2IdleTimeout;
import dev.pintle.server.http2.Http2WriteStallDetector;
import dev.pintle.server.proxyprotocol.ProxyHeaderTimeout;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Adds the connection checks and connection limits to a server.
 *
 * @param headTimeout the maximum time of a request head, of an HTTP/2 frame, and of a TLS handshake
 * @param maxConnections of all clients; null derives the limit from the heap size
 * @param maxPerClient connections per client network; null sets no limit per client
 */
record ConnectionGuards(
        Duration headTimeout,
        @Nullable Integer maxConnections,
        @Nullable Integer maxPerClient,
        Ticker ticker) {
    private static final Duration MAX_ROUND = Duration.ofMillis(500);

    void applyTo(Server server) {
        monitor(server);
        limit(server);
    }

    /**
     * Applies to all ports. The precision of each check is the interval: half a second, or a quarter of a shorter
     * timeout.
     */
    private void monitor(Server server) {
        RequestHeaderTimeout requestHeaders = new RequestHeaderTimeout(headTimeout, ticker);
        ConnectionMonitor monitor = new ConnectionMonitor(
                Collections.min(List.of(MAX_ROUND, headTimeout.dividedBy(4))),
                List.of(
                        new ProxyHeaderTimeout(ticker),
                        requestHeaders,
                        new TlsHandshakeTimeout(headTimeout, ticker),
                        new Http2WriteStallDetector(ticker),
                        new Http2FrameTimeout(headTimeout, ticker),
                        new Http2IdleTimeout(ticker)));
        server.addBean(monitor);
        for (Connector connector : server.getConnectors()) {
            connector.addEventListener(monitor);
        }
        server.getContainedBeans(HttpConfiguration.class).forEach(http -> http.addCustomizer(requestHeaders));
    }

    /** Applies to the proxy port only. An operator must reach the admin port when clients occupy all connections. */
    private void limit(Server server) {
        Connector[] proxy = Stream.of(server.getConnectors())
                .filter(connector -> "application".equals(connector.getName()))
                .toArray(Connector[]::new);
        server.addBean(new NodeConnectionLimit(
                maxConnections == null ? HeapBasedLimits.connections() : maxConnections, ticker, proxy));
        if (maxPerClient != null) {
            PerClientConnectionLimit perClient = new PerClientConnectionLimit(maxPerClient);
            for (Connector connector : proxy) {
                ((ServerConnector) connector).getSelectorManager().addEventListener(perClient);
                connector.addEventListener(perClient);
            }
        }
    }
}
