package dev.pintle.server.guards;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many connections one address may have, an IPv6 /64 as if it were one; what is more is closed as it opens. Safe for all
 * threads.
 */
public final class PerClientConnectionLimit implements SelectorManager.AcceptListener, Connection.Listener {
    private final ConcurrentMap<SelectableChannel, InetAddress> open = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, Integer> counts = new ConcurrentHashMap<>();
    private final Set<SelectableChannel> tooMany = ConcurrentHashMap.newKeySet();
    private final int max;

    /**
     * A bound for each address.
     *
     * @param max connections at once, 1 or more
     */
    public PerClientConnectionLimit(int max) {
        this.max = max;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress client = address(channel);
        if (client != null) {
            open.put(channel, client);
            if (counts.merge(client, 1, Integer::sum) > max) {
                tooMany.add(channel);
            }
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection.getEndPoint() instanceof SelectableChannelEndPoint endPoint
                && tooMany.contains(endPoint.getChannel())) {
            connection.close();
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        tooMany.remove(channel);
        InetAddress client = open.remove(channel);
        if (client != null) {
            counts.computeIfPresent(client, (address, count) -> less(count));
        }
    }

    @Override
    public void onClosed(Connection connection) {}

    private static @Nullable Integer less(int count) {
        return count == 1 ? null : count - 1;
    }

    /** Null when the client has left already. */
    private static @Nullable InetAddress address(SelectableChannel channel) {
        try {
            return network(((InetSocketAddress) ((SocketChannel) channel).getRemoteAddress()).getAddress());
        } catch (IOException e) {
            return null;
        }
    }

    /** What a household or a host gets: an IPv4 address, or the first half of an IPv6 one. */
    static InetAddress network(InetAddress address) throws UnknownHostException {
        byte[] octets = address.getAddress();
        return octets.length == 4
                ? address
                : InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(octets, 8), octets.length));
    }
}
