package dev.pintle.server.proxyprotocol;

import dev.pintle.http.CidrSet;
import dev.pintle.server.guards.LogThrottle;
import dev.pintle.time.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requires a PROXY header from the listed load balancers, and none from all others: their first bytes go to the next
 * protocol, which refuses a header as malformed. Jetty's {@link ProxyConnectionFactory} accepts connections with and
 * without a header from every peer.
 */
final class ProxyProtocolConnectionFactory extends AbstractConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyProtocolConnectionFactory.class);

    private final CidrSet loadBalancers;
    private final Duration timeout;
    private final String next;
    private final LogThrottle log = new LogThrottle(Ticker.SYSTEM);

    /**
     * Creates a factory.
     *
     * @param next the protocol after the header
     */
    ProxyProtocolConnectionFactory(ProxyProtocolSpec spec, String next) {
        super("proxy");
        this.loadBalancers = CidrSet.of(spec.from());
        this.timeout = spec.timeout().toJavaDuration();
        this.next = next;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        if (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress peer
                && loadBalancers.contains(peer.getAddress())) {
            return configure(
                    new ProxyProtocolConnection(
                            endPoint,
                            connector.getExecutor(),
                            timeout,
                            header -> afterHeader(connector, endPoint, header),
                            this::logClosed),
                    connector,
                    endPoint);
        }
        return next(connector).newConnection(connector, endPoint);
    }

    private Connection afterHeader(Connector connector, EndPoint endPoint, ProxyHeader header) {
        ProxyHeader.Addresses addresses = header.addresses();
        return next(connector)
                .newConnection(
                        connector,
                        addresses == null
                                ? endPoint
                                : new ProxyConnectionFactory.ProxyEndPoint(
                                        endPoint, addresses.destination(), addresses.source()));
    }

    private ConnectionFactory next(Connector connector) {
        return Objects.requireNonNull(connector.getConnectionFactory(next));
    }

    private void logClosed(EndPoint endPoint, String fault) {
        if (log.permits()) {
            LOG.warn(
                    "Closed a connection of the load balancer {}: it {}. Send PROXY headers from all addresses in "
                            + "proxyProtocol.from, or remove this address from the list.",
                    endPoint.getRemoteSocketAddress(),
                    fault);
        }
    }
}
