package dev.pintle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A TLS upstream that ends each connection after one response, with close_notify or with a FIN alone. It can also keep
 * connections, and send bytes on them that no request asked for.
 */
public final class TruncatingTlsUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext tls;
    private final String response;
    private final List<SSLSocket> kept = new CopyOnWriteArrayList<>();
    private volatile boolean closeNotify;
    private volatile boolean keeping;

    private TruncatingTlsUpstream(String response) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(TestCertificates.keyStore("localhost"), TestCertificates.password());
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.response = response;
        Thread.ofVirtual().start(this::accept);
    }

    /** Listens on loopback with the certificate {@code localhost}. */
    public static TruncatingTlsUpstream that(String response) {
        try {
            return new TruncatingTlsUpstream(response);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    /** Whether further connections end with close_notify. */
    public void sendsCloseNotify(boolean whether) {
        closeNotify = whether;
    }

    /** Keeps further connections open. */
    public void keepsConnections() {
        keeping = true;
    }

    /** Sends bytes on the newest connection that was kept. Returns the number of these connections. */
    public int sendUnsolicited(String bytes) throws IOException {
        kept.getLast().getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return kept.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            // Otherwise unsolicited bytes wait for the acknowledgment of the response, which comes with the next
            // request.
            socket.setTcpNoDelay(true);
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secured.setUseClientMode(false);
            if (keeping) {
                kept.add(secured);
            }
            do {
                if (!readHead(secured.getInputStream())) {
                    return;
                }
                secured.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            } while (keeping);
            if (closeNotify) {
                secured.close();
            }
        } catch (IOException e) {
            // The gateway left.
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
