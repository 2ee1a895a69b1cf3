package dev.pintle.upstream.target;

import dev.pintle.upstream.dns.EgressPolicy;
import dev.pintle.upstream.tls.ClientTls;
import dev.pintle.upstream.tls.TlsEndpoint;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.NamedEndpoint;
import org.jspecify.annotations.Nullable;

/** One resolved target of an upstream. Targets with equal URLs are equal. */
public final class Target {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final String url;
    private final int weight;
    private final String authority;
    private final String basePath;
    private final HttpRoute route;
    private final UpstreamProtocol protocol;

    private Target(
            String url, int weight, String authority, String basePath, HttpRoute route, UpstreamProtocol protocol) {
        this.url = url;
        this.weight = weight;
        this.authority = authority;
        this.basePath = basePath;
        this.route = route;
        this.protocol = protocol;
    }

    /**
     * Creates the target of a URL: http or https, a host, and optionally a port and a path. The system trust store
     * verifies it.
     *
     * @param weight its share among the targets of the route, 1 or more
     * @throws IllegalArgumentException when the URL is invalid
     */
    public static Target of(String url, int weight) {
        return of(url, weight, UpstreamProtocol.HTTP1, ClientTls.SYSTEM, null);
    }

    /** Creates a target like {@link #of(String, int)} with a protocol. */
    public static Target of(String url, int weight, UpstreamProtocol protocol) {
        return of(url, weight, protocol, ClientTls.SYSTEM, null);
    }

    /**
     * Creates a target with its own trust and server name, which apply to https only.
     *
     * @param serverName the name in its certificate; null: the URL's host
     */
    public static Target of(
            String url, int weight, UpstreamProtocol protocol, ClientTls tls, @Nullable String serverName) {
        TargetUrl parsed = TargetUrl.parse(url);
        boolean secure = parsed.secure();
        HttpHost host = new HttpHost(secure ? "https" : "http", parsed.host(), parsed.port());
        String path = parsed.path();
        String basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        NamedEndpoint name =
                secure ? new TlsEndpoint(serverName == null ? parsed.host() : serverName, parsed.port(), tls) : null;
        return new Target(
                url,
                weight,
                parsed.authority(),
                basePath,
                new HttpRoute(host, name, null, secure),
                // Only TLS can negotiate a protocol.
                protocol == UpstreamProtocol.AUTO && !secure ? UpstreamProtocol.HTTP1 : protocol);
    }

    /** The same target, whose requests carry the name of another host with its port. */
    public Target withHost(String host) {
        String port = authority.substring(authority.lastIndexOf(']') + 1);
        int colon = port.indexOf(':');
        return new Target(url, weight, colon < 0 ? host : host + port.substring(colon), basePath, route, protocol);
    }

    /** The URL as the operator wrote it, or of the discovered address. */
    public String url() {
        return url;
    }

    public int weight() {
        return weight;
    }

    /** Host and port in the form of the {@code Host} header. */
    public String authority() {
        return authority;
    }

    /** The key of its connection pool: the address and the TLS settings. */
    public HttpRoute route() {
        return route;
    }

    /** The protocol that the gateway speaks with it. */
    public UpstreamProtocol protocol() {
        return protocol;
    }

    /** Whether connections use TLS. */
    public boolean isSecure() {
        return route.isSecure();
    }

    /** The TLS settings of connections to a secure target. */
    public TlsEndpoint tls() {
        return (TlsEndpoint) Objects.requireNonNull(route.getTargetName(), "the target has no TLS");
    }

    /** The path of a request to this target: the target's own path, then the path of the gateway. */
    public String join(String path) {
        return basePath.isEmpty() ? path : basePath + path;
    }

    /** The reason why the egress policy blocks the target when its host is an address. A name is checked on connect. */
    public Optional<String> closedBecause(EgressPolicy destinations) {
        String host = route.getTargetHost().getHostName();
        return ADDRESS.matcher(host).matches()
                ? destinations.closedBecause(
                        InetAddress.ofLiteral(host), route.getTargetHost().getPort())
                : Optional.empty();
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
