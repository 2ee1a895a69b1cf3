package dev.pintle.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A correct HTTP/2 upstream on a free loopback port. A handler, which may block, answers its requests. */
public final class Http2Upstream implements AutoCloseable {
    /** Answers a request. */
    @FunctionalInterface
    public interface Answer {
        void give(Request request, Response response) throws Exception;
    }

    private final Server server = new Server();
    private final ServerConnector connector;
    private final boolean secure;
    private final Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();

    private Http2Upstream(Answer answer, boolean secure, ConnectionFactory... protocols) {
        this.secure = secure;
        connector = new ServerConnector(server, protocols);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                peers.add(request.getConnectionMetaData().getRemoteSocketAddress());
                answer.give(request, response);
                callback.succeeded();
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the upstream does not start", e);
        }
    }

    /** Starts an upstream in clear text. */
    public static Http2Upstream h2c(Answer answer) {
        return h2c(128, answer);
    }

    /** Starts an upstream in clear text that permits this many streams of one connection. */
    public static Http2Upstream h2c(int maxStreams, Answer answer) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(64 << 10);
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(configuration);
        http2.setMaxConcurrentStreams(maxStreams);
        return new Http2Upstream(answer, false, http2);
    }

    /**
     * Starts an upstream over TLS that selects one of these protocols.
     *
     * @param certificate of {@link TestCertificates}
     */
    public static Http2Upstream tls(String certificate, Answer answer, String... protocols) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(TestCertificates.keyStore(certificate));
        tls.setKeyStorePassword(new String(TestCertificates.password()));
        tls.setSniRequired(false);
        HttpConfiguration configuration = new HttpConfiguration();
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(protocols);
        alpn.setDefaultProtocol("http/1.1");
        return new Http2Upstream(
                answer,
                true,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(configuration),
                new HttpConnectionFactory(configuration));
    }

    /** Sends a whole body. */
    public static void send(Response response, String body) throws IOException {
        try (OutputStream content = Content.Sink.asOutputStream(response)) {
            content.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    public String url() {
        return (secure ? "https" : "http") + "://127.0.0.1:" + connector.getLocalPort();
    }

    /** Returns the number of connections that had a request. */
    public int connections() {
        return peers.size();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
