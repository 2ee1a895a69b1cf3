package dev.pintle.upstream.discovery;

import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.UpstreamProtocol;
import dev.pintle.upstream.tls.ClientTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The discovery of a route.
 *
 * @param secure whether connections use TLS
 * @param serverName the name in the certificates of the targets; null: the name of the query
 */
public record DiscoverySettings(
        DiscoveryQuery query,
        boolean secure,
        UpstreamProtocol protocol,
        ClientTls tls,
        @Nullable String serverName) {

    /** The targets at these addresses. Requests and certificates carry the name of the query, not the address. */
    public List<Target> targets(List<Endpoint> endpoints) {
        return endpoints.stream().map(this::target).toList();
    }

    private Target target(Endpoint endpoint) {
        String url = (secure ? "https://" : "http://") + endpoint.authority();
        String host = query.host();
        return Target.of(url, endpoint.weight(), protocol, tls, serverName == null ? host : serverName)
                .withHost(host);
    }
}
