package dev.pintle.upstream.http1;

import dev.pintle.upstream.dns.Dialer;
import dev.pintle.upstream.tls.TlsEndpoint;
import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;

/** Opens the connections of the pool through the dialer, and starts TLS for https targets. Thread-safe. */
final class PooledConnectionOpener {
    private final Dialer dialer;

    PooledConnectionOpener(Dialer dialer) {
        this.dialer = dialer;
    }

    void open(ManagedHttpClientConnection connection, HttpRoute route, long nanos) throws IOException {
        long deadline = dialer.deadlineIn(nanos);
        // While it is bound, the watchdog can close the socket.
        Socket socket = dialer.dial(route.getTargetHost(), deadline, connection::bind);
        connection.bind(socket);
        // Plain HTTP has no TLS endpoint; all other connections require a handshake.
        if (!route.getTargetHost().getSchemeName().equals("http")) {
            TlsEndpoint endpoint = (TlsEndpoint) Objects.requireNonNull(route.getTargetName());
            socket.setSoTimeout(dialer.millisUntil(deadline));
            SSLSocket secured = endpoint.over(socket);
            secured.startHandshake();
            connection.bind(secured, socket);
            socket.setSoTimeout(0);
        }
    }
}
