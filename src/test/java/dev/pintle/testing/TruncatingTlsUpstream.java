package dev.pintle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS upstream that ends each connection after one response: with close_notify, or with a FIN alone. */
public final class TruncatingTlsUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext tls;
    private final String response;
    private volatile boolean closeNotify;

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
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secured.setUseClientMode(false);
            InputStream in = secured.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            secured.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            if (closeNotify) {
                secured.close();
            }
        } catch (IOException e) {
            // The gateway left.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
