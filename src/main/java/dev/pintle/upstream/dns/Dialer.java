package dev.pintle.upstream.dns;

import dev.pintle.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens TCP connections: resolves the name, drops blocked addresses, and tries the others in order. Each connection
 * resolves the name again and dials exactly the addresses that were checked, which prevents DNS rebinding. Thread-safe.
 */
public final class Dialer {
    /** Holds a socket before it connects, so that another thread can close it. */
    @FunctionalInterface
    public interface SocketHolder {
        void hold(Socket socket) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    /** The maximum number of blocked destinations that are logged, once each. */
    private static final int MAX_LOGGED = 1_000;

    private final DnsResolver names;
    private final EgressPolicy destinations;
    private final Ticker ticker;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    public Dialer(DnsResolver names, EgressPolicy destinations, Ticker ticker) {
        this.names = names;
        this.destinations = destinations;
        this.ticker = ticker;
    }

    /** The reading of the ticker at which a time-out of this many nanoseconds expires. */
    public long deadlineIn(long nanos) {
        return ticker.nanos() + nanos;
    }

    /**
     * Milliseconds until a deadline, 1 or more.
     *
     * @throws SocketTimeoutException when the deadline has passed
     */
    public int millisUntil(long deadline) throws SocketTimeoutException {
        long left = deadline - ticker.nanos();
        if (left <= 0) {
            throw new SocketTimeoutException("the connect timeout expired");
        }
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 1, Integer.MAX_VALUE);
    }

    /**
     * Opens a TCP connection.
     *
     * @param deadline a reading of the ticker
     * @param holder gets each socket before it connects
     */
    public Socket dial(HttpHost host, long deadline, SocketHolder holder) throws IOException {
        return dial(open(host, deadline), host.getPort(), deadline, holder);
    }

    /** The allowed addresses of a host. */
    private List<InetAddress> open(HttpHost host, long deadline) throws IOException {
        List<InetAddress> open = new ArrayList<>();
        String closed = "unknown";
        for (InetAddress address : lookUp(host.getHostName(), deadline)) {
            String because = destinations.closedBecause(address, host.getPort()).orElse(null);
            if (because == null) {
                open.add(address);
            } else {
                closed = because;
                logBlocked(host, address, because);
            }
        }
        if (open.isEmpty()) {
            throw new BlockedDestinationException(closed);
        }
        return open;
    }

    /** Retries until the timeout: the resolver uses real time, which passes while this node is paused. */
    private List<InetAddress> lookUp(String host, long deadline) throws IOException {
        while (true) {
            try {
                return names.addressesOf(host, deadline - ticker.nanos());
            } catch (DnsTimeoutException e) {
                if (deadline - ticker.nanos() <= 0) {
                    throw e;
                }
            }
        }
    }

    private void logBlocked(HttpHost host, InetAddress address, String because) {
        if (logged.size() < MAX_LOGGED && logged.add(host.toHostString() + ' ' + address.getHostAddress())) {
            LOG.warn(
                    "Blocked a request to {} at {} ({}). To allow this destination, list it under upstreamAllow in"
                            + " config.yml.",
                    host.toHostString(),
                    address.getHostAddress(),
                    because);
        }
    }

    /** Each address gets an equal part of the remaining time, so that an unresponsive one leaves time for the next. */
    private Socket dial(List<InetAddress> addresses, int port, long deadline, SocketHolder holder) throws IOException {
        for (int i = 0; ; i++) {
            Socket socket = SocketChannel.open().socket();
            holder.hold(socket);
            try {
                socket.setTcpNoDelay(true);
                int millis = Math.max(1, millisUntil(deadline) / (addresses.size() - i));
                socket.connect(new InetSocketAddress(addresses.get(i), port), millis);
                return socket;
            } catch (IOException e) {
                socket.close();
                if (i == addresses.size() - 1) {
                    throw e;
                }
            }
        }
    }
}
