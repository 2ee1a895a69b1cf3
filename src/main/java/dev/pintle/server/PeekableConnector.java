package dev.pintle.server;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.jetty.ConnectorFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A connector whose sockets detect a closed client connection: {@link PeekableEndPoint}. When it shuts down, it shortens
 * the idle timeout of the connections without a request. Jetty shortens that of all connections, which would end
 * uploads, slow readers and requests that wait for their upstream. {@code JettyDefectsTest} fails when Jetty spares them;
 * delete {@link #shutdown} then.
 */
final class PeekableConnector extends ServerConnector {
    private static final long NOT_AT_ALL = -1;

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

    @Override
    public CompletableFuture<Void> shutdown() {
        long shortIdle = getShutdownIdleTimeout();
        setShutdownIdleTimeout(NOT_AT_ALL);
        CompletableFuture<Void> done = super.shutdown();
        setShutdownIdleTimeout(shortIdle);
        shortenIdle();
        return done;
    }

    /** Repeats until the connector stops, because a connection is still in use shortly after its response has left. */
    private void shortenIdle() {
        long shortIdle = getShutdownIdleTimeout();
        getConnectedEndPoints().stream()
                .filter(endPoint -> !isInUse(endPoint.getConnection()))
                .forEach(endPoint -> endPoint.setIdleTimeout(shortIdle));
        if (isRunning()) {
            getScheduler().schedule(this::shortenIdle, shortIdle, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isInUse(@Nullable Connection connection) {
        return switch (connection) {
            case SslConnection tls -> isInUse(tls.getSslEndPoint().getConnection());
            case HttpConnection http1 -> http1.getHttpChannel().getRequest() != null;
            case HTTP2Connection http2 -> http2.getSession().getStreamCount() > 0;
            case null, default -> false;
        };
    }

    /** Builds peekable connectors with the configuration of another factory. */
    record Factory(ConnectorFactory configured) implements ConnectorFactory {
        @Override
        public Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threadPool) {
            return new PeekableConnector((ServerConnector) configured.build(server, metrics, name, threadPool));
        }
    }
}
