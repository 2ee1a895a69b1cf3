package bench;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Everything to one upstream: {@code java -cp … bench.Proxy PORT http://… [TLS_PORT KEYSTORE]}. The keystore has the password
 * "bench". {@code -Dconnections} is the number of connections to the upstream.
 */
public final class Proxy {
    private Proxy() {}

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        listen(server, arguments[0], http1, new HTTP2CServerConnectionFactory(http));
        if (arguments.length > 2) {
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            alpn.setDefaultProtocol(http1.getProtocol());
            SslConnectionFactory tls = new SslConnectionFactory(tls(arguments[3]), alpn.getProtocol());
            listen(server, arguments[2], tls, alpn, new HTTP2ServerConnectionFactory(http), http1);
        }
        server.setHandler(new ToOne(HttpURI.from(arguments[1])));
        server.start();
        server.join();
    }

    private static void listen(Server server, String port, ConnectionFactory... factories) {
        ServerConnector connector = new ServerConnector(server, factories);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(port));
        server.addConnector(connector);
    }

    private static SslContextFactory.Server tls(String keystore) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keystore);
        tls.setKeyStorePassword("bench");
        tls.setIncludeProtocols("TLSv1.3");
        tls.setIncludeCipherSuites("TLS_AES_128_GCM_SHA256");
        return tls;
    }

    private static final class ToOne extends ProxyHandler.Reverse {
        ToOne(HttpURI upstream) {
            super(request -> HttpURI.build(request.getHttpURI())
                    .scheme(upstream.getScheme())
                    .authority(upstream.getAuthority())
                    .asImmutable());
        }

        @Override
        protected void configureHttpClient(HttpClient client) {
            super.configureHttpClient(client);
            int connections = Integer.getInteger("connections", client.getMaxConnectionsPerDestination());
            client.setMaxConnectionsPerDestination(connections);
            // Requests wait for their connection to open.
            client.setMaxRequestsQueuedPerDestination(Math.max(connections, client.getMaxRequestsQueuedPerDestination()));
        }
    }
}
