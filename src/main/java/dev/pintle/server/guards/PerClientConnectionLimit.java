package dev.pintle.server.guards;

import dev.pintle.http.ClientNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;

/**
 * Limits the open connections per client network. Closes a connection beyond the limit as it opens. Safe for all
 * threads.
 */
public final class PerClientConnectionLimit implements SelectorManager.AcceptListener, Connection.Listener {
    private final ConcurrentMap<SelectableChannel, ClientNetwork> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientNetwork, Integer> counts = new ConcurrentHashMap<>();
    private final Set<SelectableChannel> excess = ConcurrentHashMap.newKeySet();
    private final int max;

    /**
     * Creates the limit.
     *
     * @param max open connections per client network, at least 1
     */
    public PerClientConnectionLimit(int max) {
        this.max = max;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        ClientNetwork client = network(channel);
        if (client != null) {
            open.put(channel, client);
            if (counts.merge(client, 1, Integer::sum) > max) {
                excess.add(channel);
            }
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection.getEndPoint() instanceof SelectableChannelEndPoint endPoint
                && excess.contains(endPoint.getChannel())) {
            connection.close();
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        excess.remove(channel);
        ClientNetwork client = open.remove(channel);
        if (client != null) {
            counts.computeIfPresent(client, (address, count) -> decremented(count));
        }
    }

    @Override
    public void onClosed(Connection connection) {}

    private static @Nullable Integer decremented(int count) {
        return count == 1 ? null : count - 1;
    }

    /** Returns null if the client is already disconnected. */
    private static @Nullable ClientNetwork network(SelectableChannel channel) {
        try {
            return ClientNetwork.of(((InetSocketAddress) ((SocketChannel) channel).getRemoteAddress()).getAddress());
        } catch (IOException e) {
            return null;
        }
    }
}
