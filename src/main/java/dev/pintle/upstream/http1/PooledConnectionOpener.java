package dev.pintle.upstream.http1;

import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.tls.TlsEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Objects;
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

/** Opens the connections of HttpClient's pool through the dialer, and starts TLS for https targets. Thread-safe. */
final class PooledConnectionOpener implements HttpClientConnectionOperator {
    private final Dialer dialer;

    PooledConnectionOpener(Dialer dialer) {
        this.dialer = dialer;
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
        long deadline = dialer.deadlineIn(longest.toNanoseconds());
        // While it is bound, the watchdog can close the socket.
        Socket socket = dialer.dial(host, deadline, connection::bind);
        connection.bind(socket);
        // Plain HTTP has no TLS endpoint; all other connections require a handshake.
        if (!host.getSchemeName().equals("http")) {
            TlsEndpoint endpoint = (TlsEndpoint) Objects.requireNonNull(name);
            socket.setSoTimeout(dialer.millisUntil(deadline));
            SSLSocket secured = endpoint.over(socket);
            secured.startHandshake();
            connection.bind(secured, socket);
            socket.setSoTimeout(0);
        }
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
