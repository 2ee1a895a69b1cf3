package dev.pintle.server.guards;

import dev.pintle.http.ClientNetwork;
import dev.pintle.server.PeekableEndPoint;
import dev.pintle.server.proxyprotocol.ProxyProtocolConnection;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager;

/**
 * Limits the open connections per client network. Closes a connection beyond the limit as it opens. The client of a
 * connection with a PROXY header is the one that the header names. Safe for all threads.
 */
public final class PerClientConnectionLimit implements SelectorManager.AcceptListener, Connection.Listener {
    private final ConcurrentMap<SelectableChannel, ClientNetwork> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientNetwork, Integer> counts = new ConcurrentHashMap<>();
    private final int max;

    /**
     * Creates the limit.
     *
     * @param max open connections per client network, at least 1
     */
    public PerClientConnectionLimit(int max) {
        this.max = max;
    }

    /** Counts the first connection of a channel that knows its client. TLS and HTTP/2 open further ones. */
    @Override
    public void onOpened(Connection connection) {
        PeekableEndPoint socket = PeekableEndPoint.under(connection.getEndPoint());
        if (socket == null
                || connection instanceof ProxyProtocolConnection
                || !(connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress client)) {
            return;
        }
        SelectableChannel channel = socket.getChannel();
        // One thread at a time opens connections of a channel. A second count, even for a moment, would refuse another
        // client.
        if (open.containsKey(channel)) {
            return;
        }
        ClientNetwork network = ClientNetwork.of(client.getAddress());
        int count = counts.merge(network, 1, Integer::sum);
        open.put(channel, network);
        if (!channel.isOpen()) {
            onClosed(channel);
        } else if (count > max) {
            connection.close();
        }
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        ClientNetwork client = open.remove(channel);
        if (client != null) {
            decrement(client);
        }
    }

    @Override
    public void onClosed(Connection connection) {}

    @SuppressWarnings("NullAway")
    private void decrement(ClientNetwork client) {
        counts.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
    }
}
