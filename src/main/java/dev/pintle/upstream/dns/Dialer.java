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
 * Opens connections: resolves the name, drops blocked addresses, tries the others in order, and starts TLS for https
 * targets. Each connection resolves the name again and dials exactly the addresses that were checked, which prevents
 * DNS rebinding. Thread-safe.
 */
public final class Dialer implements HttpClientConnectionOperator {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);
    /** The maximum number of blocked destinations that are logged, once each. */
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
        // Plain HTTP has no TLS endpoint; all other connections require a handshake.
        if (!host.getSchemeName().equals("http")) {
            TlsEndpoint endpoint = (TlsEndpoint) Objects.requireNonNull(name);
            socket.setSoTimeout(millisUntil(deadline));
            SSLSocket secured = endpoint.over(socket);
            secured.startHandshake();
            connection.bind(secured, socket);
            socket.setSoTimeout(0);
        }
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
                tell(host, address, because);
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

    private void tell(HttpHost host, InetAddress address, String because) {
        if (told.size() < MOST_TOLD && told.add(host.toHostString() + ' ' + address.getHostAddress())) {
            LOG.warn(
                    "Blocked a request to {} at {} ({}). To allow this destination, list it under upstreamAllow in"
                            + " config.yml.",
                    host.toHostString(),
                    address.getHostAddress(),
                    because);
        }
    }

    /** Each address gets an equal part of the remaining time, so that an unresponsive one leaves time for the next. */
    private Socket dial(ManagedHttpClientConnection connection, List<InetAddress> addresses, int port, long deadline)
            throws IOException {
        for (int i = 0; ; i++) {
            Socket socket = SocketChannel.open().socket();
            // From here on the watchdog can close the connection.
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
            throw new SocketTimeoutException("the connect timeout expired");
        }
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 1, Integer.MAX_VALUE);
    }

    /** {@inheritDoc} Never called: the expected TLS server name would be missing. */
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

    /** {@inheritDoc} Never called: the gateway uses no proxy tunnels. */
    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("no connection is upgraded");
    }
}
