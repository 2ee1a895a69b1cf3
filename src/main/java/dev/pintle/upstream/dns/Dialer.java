package dev.pintle.upstream.dns;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.tls.TlsEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections: looks the name up, leaves out the addresses that are closed, tries the others in turn, and speaks TLS
 * where the target wants it. Each connection looks the name up anew and dials the very addresses that were judged, so nobody
 * can answer one thing to the judge and another to the dialler. Safe for all threads.
 */
public final class Dialer implements HttpClientConnectionOperator {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    /** Of refusals that are told once; what comes after is told no more. */
    private static final int MOST_TOLD = 1_000;

    private final DnsResolver names;
    private final EgressPolicy destinations;
    private final Ticker ticker;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public Dialer(DnsResolver names, EgressPolicy destinations, Ticker ticker) {
        this.names = names;
        this.destinations = destinations;
        this.ticker = ticker;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Path unixDomainSocket,
            @Nullable InetSocketAddress local,
            Timeout longest,
            SocketConfig config,
            @Nullable Object attachment,
            HttpContext context)
            throws IOException {
        long deadline = ticker.nanos() + longest.toNanoseconds();
        Socket socket = dial(connection, open(host, deadline), host.getPort(), deadline);
        // Plain HTTP has no endpoint; nothing else gets by without a handshake.
        if (!host.getSchemeName().equals("http")) {
            TlsEndpoint endpoint = (TlsEndpoint) Objects.requireNonNull(name);
            socket.setSoTimeout(millisUntil(deadline));
            SSLSocket secured = endpoint.over(socket);
            secured.startHandshake();
            connection.bind(secured, socket);
            socket.setSoTimeout(0);
        }
    }

    /** The addresses of a host where requests may go. */
    private List<InetAddress> open(HttpHost host, long deadline) throws IOException {
        List<InetAddress> open = new ArrayList<>();
        String closed = "unknown";
        for (InetAddress address : lookUp(host.getHostName(), deadline)) {
            String because = destinations.closedBecause(address, host.getPort()).orElse(null);
            if (because == null) {
                open.add(address);
            } else {
                closed = because;
                tell(host, address, because);
            }
        }
        if (open.isEmpty()) {
            throw new BlockedDestinationException(closed);
        }
        return open;
    }

    /** Asks again while there is time: the resolver goes by real time, which passes while this node does not run. */
    private List<InetAddress> lookUp(String host, long deadline) throws IOException {
        while (true) {
            try {
                return names.addressesOf(host, deadline - ticker.nanos());
            } catch (SocketTimeoutException e) {
                if (deadline - ticker.nanos() <= 0) {
                    throw e;
                }
            }
        }
    }

    private void tell(HttpHost host, InetAddress address, String because) {
        if (told.size() < MOST_TOLD && told.add(host.toHostString() + ' ' + address.getHostAddress())) {
            LOG.warn(
                    "No request goes to {} at {}, which is closed ({}). If it is meant, list it under upstreamAllow in"
                            + " config.yml.",
                    host.toHostString(),
                    address.getHostAddress(),
                    because);
        }
    }

    /** Each address gets an equal part of the time that is left, so that a silent one leaves some to the next. */
    private Socket dial(ManagedHttpClientConnection connection, List<InetAddress> addresses, int port, long deadline)
            throws IOException {
        for (int i = 0; ; i++) {
            Socket socket = SocketChannel.open().socket();
            // From here on the watchdog can cut it.
            connection.bind(socket);
            try {
                socket.setTcpNoDelay(true);
                int millis = Math.max(1, millisUntil(deadline) / (addresses.size() - i));
                socket.connect(new InetSocketAddress(addresses.get(i), port), millis);
                connection.bind(socket);
                return socket;
            } catch (IOException e) {
                socket.close();
                if (i == addresses.size() - 1) {
                    throw e;
                }
            }
        }
    }

    private int millisUntil(long deadline) throws SocketTimeoutException {
        long left = deadline - ticker.nanos();
        if (left <= 0) {
            throw new SocketTimeoutException("the time to connect is over");
        }
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 1, Integer.MAX_VALUE);
    }

    /** {@inheritDoc} Never asked: it would not say whom TLS must find. */
    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable InetSocketAddress local,
            TimeValue longest,
            SocketConfig config,
            HttpContext context) {
        throw new UnsupportedOperationException("no connection is opened without its endpoint");
    }

    /** {@inheritDoc} Never asked: there are no proxies to tunnel through. */
    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("no connection is upgraded");
    }
}
