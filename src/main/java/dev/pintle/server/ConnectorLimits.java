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
 * Applies the limits of the gateway to the connectors of config.yml, for all connector types. It also names their
 * metrics after the connector (application or admin) instead of its address and port.
 */
final class ConnectorLimits {
    private static final String CONNECTION_METRICS = HttpConnectionFactory.class.getName();

    private final HeadLimits headLimits;
    private final MetricRegistry metrics;

    ConnectorLimits(HeadLimits headLimits, MetricRegistry metrics) {
        this.headLimits = headLimits;
        this.metrics = metrics;
    }

    /** Applies the limits. Call this before the server starts. */
    void applyTo(Server server) {
        metrics.removeMatching((name, metric) -> name.startsWith(CONNECTION_METRICS));
        for (var connector : server.getConnectors()) {
            applyTo((AbstractConnector) connector);
        }
    }

    private void applyTo(AbstractConnector connector) {
        Timer connections = metrics.timer(MetricRegistry.name(CONNECTION_METRICS, connector.getName(), "connections"));
        connector.setConnectionFactories(connector.getConnectionFactories().stream()
                .distinct()
                .map(factory -> limited(factory, connections))
                .toList());
    }

    private ConnectionFactory limited(ConnectionFactory factory, Timer connections) {
        return switch (factory) {
            case InstrumentedConnectionFactory instrumented ->
                new InstrumentedConnectionFactory(
                        limited(instrumented.getBean(ConnectionFactory.class), connections), connections);
            case Http2ConnectionFactory http2 -> {
                http2.setHeadLimits(headLimits);
                yield http2;
            }
            case HttpConnectionFactory http1 -> new Http1ConnectionFactory(http1.getHttpConfiguration(), headLimits);
            default -> factory;
        };
    }
}
