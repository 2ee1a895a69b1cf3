package bench;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Everything to one upstream: {@code java -cp … bench.Proxy PORT http://…}. */
public final class Proxy {
    private Proxy() {}

    public static void main(String[] arguments) throws Exception {
        HttpURI upstream = HttpURI.from(arguments[1]);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new ProxyHandler.Reverse(request -> HttpURI.build(request.getHttpURI())
                .scheme(upstream.getScheme())
                .authority(upstream.getAuthority())
                .asImmutable()));
        server.start();
        server.join();
    }
}
