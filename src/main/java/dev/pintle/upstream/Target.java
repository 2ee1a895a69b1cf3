package dev.pintle.upstream;

import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;

/** One address of an upstream, ready to be dialled. Two targets are the same when their URLs are. */
public final class Target {
    private final String url;
    private final int weight;
    private final String authority;
    private final String basePath;
    private final HttpRoute route;

    private Target(String url, int weight, String authority, String basePath, HttpRoute route) {
        this.url = url;
        this.weight = weight;
        this.authority = authority;
        this.basePath = basePath;
        this.route = route;
    }

    /**
     * The target of a URL: http or https, a host, perhaps a port and a path.
     *
     * @param weight its share among its siblings, 1 or more
     * @throws IllegalArgumentException when it is no such URL
     */
    public static Target of(String url, int weight) {
        URI uri = URI.create(url);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int standardPort = secure ? 443 : 80;
        int port = uri.getPort() == -1 ? standardPort : uri.getPort();
        HttpHost host = new HttpHost(secure ? "https" : "http", unbracketed(uri.getHost()), port);
        String authority = port == standardPort ? uri.getHost() : uri.getHost() + ':' + port;
        String path = uri.getRawPath();
        String basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Target(url, weight, authority, basePath, new HttpRoute(host, null, secure));
    }

    /** As the operator wrote it. */
    public String url() {
        return url;
    }

    public int weight() {
        return weight;
    }

    /** Host and port as they stand in the {@code Host} field. */
    String authority() {
        return authority;
    }

    HttpRoute route() {
        return route;
    }

    /** The path that this target gets for a path of the gateway: the target's own path goes before it. */
    public String join(String path) {
        return basePath.isEmpty() ? path : basePath + path;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && url.equals(target.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return url;
    }
}
