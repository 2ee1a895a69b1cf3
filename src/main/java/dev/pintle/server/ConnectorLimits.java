package dev.pintle.server;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.pintle.server.guards.HeadLimits;
import dev.pintle.server.http1.Http1ConnectionFactory;
import dev.pintle.server.http2.Http2ConnectionFactory;
import io.dropwizard.metrics.jetty12.InstrumentedConnectionFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;

/**
 * Gives the connectors of config.yml, whatever their types, connections that keep the gateway's limits, and metrics named after
 * the connector (application or admin) instead of its address and port.
 */
final class ConnectorLimits {
    private static final String MEASURED = HttpConnectionFactory.class.getName();

    private final HeadLimits heads;
    private final MetricRegistry metrics;

    ConnectorLimits(HeadLimits heads, MetricRegistry metrics) {
        this.heads = heads;
        this.metrics = metrics;
    }

    /** Has to be called before the server starts. */
    void applyTo(Server server) {
        metrics.removeMatching((name, metric) -> name.startsWith(MEASURED));
        for (var connector : server.getConnectors()) {
            applyTo((AbstractConnector) connector);
        }
    }

    private void applyTo(AbstractConnector connector) {
        Timer connections = metrics.timer(MetricRegistry.name(MEASURED, connector.getName(), "connections"));
        connector.setConnectionFactories(connector.getConnectionFactories().stream()
                .distinct()
                .map(factory -> limited(factory, connections))
                .toList());
    }

    private ConnectionFactory limited(ConnectionFactory factory, Timer connections) {
        return switch (factory) {
            case InstrumentedConnectionFactory measured ->
                new InstrumentedConnectionFactory(
                        limited(measured.getBean(ConnectionFactory.class), connections), connections);
            case Http2ConnectionFactory http2 -> {
                http2.setHeadLimits(heads);
                yield http2;
            }
            case HttpConnectionFactory http1 -> new Http1ConnectionFactory(http1.getHttpConfiguration(), heads);
            default -> factory;
        };
    }
}
