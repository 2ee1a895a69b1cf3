package dev.pintle.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS upstream on loopback. It responds with the TLS version, the requested name, the name of the client certificate
 * and the size of the body. Client certificates are optional.
 */
public final class TlsUpstream implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    private TlsUpstream(String certificate, String... versions) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(TestCertificates.keyStore(certificate), TestCertificates.password());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(TestCertificates.keyStore(certificate));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = context.getDefaultSSLParameters();
                    wanted.setProtocols(versions);
                    wanted.setWantClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no server with the certificate " + certificate, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts a server with this certificate of {@link TestCertificates}. */
    public static TlsUpstream as(String certificate) {
        return new TlsUpstream(certificate, "TLSv1.3", "TLSv1.2");
    }

    /** Starts a server with only this TLS version. */
    public static TlsUpstream as(String certificate, String version) {
        return new TlsUpstream(certificate, version);
    }

    public String url() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the number of connections so far. */
    public int connections() {
        return connections.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        SSLSession session = ((HttpsExchange) exchange).getSSLSession();
        long bytes = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] body = (session.getProtocol() + " for " + names(session) + " from " + client(session) + " with " + bytes)
                .getBytes(StandardCharsets.UTF_8);
        if ("close".equals(exchange.getRequestURI().getQuery())) {
            exchange.getResponseHeaders().add("Connection", "close");
        }
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String names(SSLSession session) {
        return ((ExtendedSSLSession) session)
                .getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .findFirst()
                        .orElse("-");
    }

    private static String client(SSLSession session) {
        try {
            return session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "anonymous";
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
