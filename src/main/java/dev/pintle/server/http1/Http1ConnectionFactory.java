package dev.pintle.server.http1;

import dev.pintle.server.guards.HeadLimits;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Creates HTTP/1.1 connections with the limits of the gateway. */
public final class Http1ConnectionFactory extends HttpConnectionFactory {
    private final HeadLimits limits;

    /**
     * Creates a factory.
     *
     * @param configuration shared, not copied
     */
    public Http1ConnectionFactory(HttpConfiguration configuration, HeadLimits limits) {
        super(configuration);
        this.limits = limits;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Http1Connection(getHttpConfiguration(), connector, endPoint, limits), connector, endPoint);
    }
}
