package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.server.guards.PerClientConnectionLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.junit.jupiter.api.Test;

/** Connections of one channel, such as TLS and HTTP/2 above it, are one connection of its client. */
class PerClientConnectionLimitTest {
    private static final int ROUNDS = 50_000;

    private final PerClientConnectionLimit limit = new PerClientConnectionLimit(2);

    @Test
    void aFurtherLayerOfAConnectionNeverRefusesAnother() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel first = SocketChannel.open(server.getLocalAddress());
                SocketChannel second = SocketChannel.open(server.getLocalAddress())) {
            Connection layered = connection(first);
            Connection other = connection(second);
            limit.onOpened(layered);
            AtomicBoolean over = new AtomicBoolean();
            Thread layers = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    limit.onOpened(layered);
                }
            });
            for (int i = 0; i < ROUNDS && second.isOpen(); i++) {
                limit.onOpened(other);
                limit.onClosed(second);
            }
            over.set(true);
            layers.join();
            assertThat(second.isOpen()).isTrue();
        }
    }

    private static Connection connection(SocketChannel channel) {
        return new AbstractConnection(new PeekableEndPoint(channel, null, null, null, Runnable::run), Runnable::run) {
            @Override
            public void onFillable() {
                throw new UnsupportedOperationException("this test reads nothing");
            }

            @Override
            public void close() {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
