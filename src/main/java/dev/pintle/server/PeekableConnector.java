package dev.pintle.server;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.jetty.ConnectorFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/** A connector whose sockets detect a closed client connection: {@link PeekableEndPoint}. */
final class PeekableConnector extends ServerConnector {
    /**
     * Copies the configuration of a connector.
     *
     * @param model configured, never started
     */
    private PeekableConnector(ServerConnector model) {
        super(
                model.getServer(),
                model.getExecutor(),
                model.getScheduler(),
                model.getByteBufferPool(),
                model.getAcceptors(),
                model.getSelectorManager().getSelectorCount(),
                model.getConnectionFactories().toArray(ConnectionFactory[]::new));
        setPort(model.getPort());
        setHost(model.getHost());
        setInheritChannel(model.isInheritChannel());
        setAcceptQueueSize(model.getAcceptQueueSize());
        setReuseAddress(model.getReuseAddress());
        setIdleTimeout(model.getIdleTimeout());
        setName(model.getName());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new PeekableEndPoint(channel, selector, key, getScheduler(), getExecutor());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Builds peekable connectors with the configuration of another factory. */
    record Factory(ConnectorFactory configured) implements ConnectorFactory {
        @Override
        public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threadPool) {
            return new PeekableConnector((ServerConnector) configured.build(server, metrics, name, threadPool));
        }
    }
}
