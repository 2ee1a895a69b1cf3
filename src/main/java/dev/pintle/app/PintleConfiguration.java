package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.admin.auth.TokenConfiguration;
import dev.pintle.cli.CommandConfiguration;
import dev.pintle.config.DocumentCache;
import dev.pintle.peer.PeerAddress;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.server.GatewayServerFactory;
import dev.pintle.server.guards.HeapBasedLimits;
import dev.pintle.store.DatabaseConfiguration;
import dev.pintle.store.HistoryConfiguration;
import dev.pintle.telemetry.AccessLogConfiguration;
import dev.pintle.telemetry.TracingConfiguration;
import dev.pintle.tls.PemFiles;
import dev.pintle.upstream.dns.EgressPolicy;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MinDataSize;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The content of config.yml. Routes are in PostgreSQL instead; operators change them through the admin API. */
public final class PintleConfiguration extends Configuration implements CommandConfiguration {
    @Valid
    @NotNull
    @JsonProperty
    private DatabaseConfiguration database = new DatabaseConfiguration();

    /** A string, because Jackson parses a path with a colon as a URI. */
    @NotBlank
    @JsonProperty
    private String data = ".data";

    @JsonProperty
    private @Nullable String nodeName;

    @JsonProperty
    private @Nullable String adminToken;

    @NotNull
    @JsonProperty
    private List<TokenConfiguration> adminTokens = List.of();

    @NotNull
    @JsonProperty
    private List<String> trustedProxies = List.of();

    @NotNull
    @JsonProperty
    private List<String> upstreamAllow = List.of();

    /** The gateway adds headers, and the response must fit into the server's output buffer. */
    @NotNull
    @MinDataSize(value = 8, unit = DataSizeUnit.KIBIBYTES)
    @MaxDataSize(value = 192, unit = DataSizeUnit.KIBIBYTES)
    @JsonProperty
    private DataSize upstreamMaxResponseHeaderSize = DataSize.kibibytes(64);

    @NotNull
    @JsonProperty
    private Map<String, @NotNull @Valid PemFiles> clientCertificates = Map.of();

    @NotNull
    @JsonProperty
    private List<String> peers = List.of();

    @Valid
    @NotNull
    @JsonProperty
    private IntrospectionConfiguration introspection = new IntrospectionConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private RateLimitsConfiguration rateLimits = new RateLimitsConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private DnsConfiguration dns = new DnsConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private TunnelsConfiguration tunnels = new TunnelsConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private AccessLogConfiguration accessLog = new AccessLogConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private TracingConfiguration tracing = new TracingConfiguration();

    @Valid
    @NotNull
    @JsonProperty
    private HistoryConfiguration history = new HistoryConfiguration();

    @Min(1)
    @JsonProperty
    private @Nullable Integer maxRequests;

    @Min(1)
    @JsonProperty
    private @Nullable Integer maxRequestsPerClient;

    @NotNull
    @JsonProperty
    private Duration shutdownDelay = Duration.seconds(5);

    /** Creates a configuration with all defaults. */
    public PintleConfiguration() {
        setServerFactory(new GatewayServerFactory());
    }

    @Override
    public DatabaseConfiguration database() {
        return database;
    }

    /** The directory of the node's own data: snapshot, token and embedded PostgreSQL. */
    @Override
    public Path dataDirectory() {
        return Path.of(data);
    }

    @Override
    public EffectiveRouteValidator routeValidator() {
        EgressPolicy egress = new EgressPolicy(upstreamAllow);
        egress.ownPorts(server().ports());
        return new EffectiveRouteValidator(
                new DocumentCache(RouteSchema.SCHEMA), egress, new TreeSet<>(clientCertificates.keySet()));
    }

    /** The name of the node in the cluster; by default the host name. */
    String nodeName() {
        return nodeName == null || nodeName.isBlank() ? hostName() : nodeName.strip();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    /** The admin token; blank when the node generates one. */
    String adminToken() {
        return adminToken == null ? "" : adminToken.strip();
    }

    /** Further admin tokens. */
    List<TokenConfiguration> adminTokens() {
        return adminTokens;
    }

    /** The trusted proxies, as CIDR blocks. */
    List<String> trustedProxies() {
        return trustedProxies;
    }

    /** Exceptions to the blocked destinations, as CIDR blocks with an optional port. */
    List<String> upstreamAllow() {
        return upstreamAllow;
    }

    /** The maximum size of an upstream's response head, as bytes of names and values. */
    int maxResponseHeaderBytes() {
        return Math.toIntExact(upstreamMaxResponseHeaderSize.toBytes());
    }

    /** The client certificates by name. */
    Map<String, PemFiles> clientCertificates() {
        return clientCertificates;
    }

    /**
     * The nodes that may have a snapshot.
     *
     * @throws IllegalArgumentException when one is invalid; the message is for the operator
     */
    List<PeerAddress> peers() {
        return peers.stream().map(PeerAddress::parse).toList();
    }

    IntrospectionConfiguration introspection() {
        return introspection;
    }

    RateLimitsConfiguration rateLimits() {
        return rateLimits;
    }

    DnsConfiguration dns() {
        return dns;
    }

    TunnelsConfiguration tunnels() {
        return tunnels;
    }

    TracingConfiguration tracing() {
        return tracing;
    }

    AccessLogConfiguration accessLog() {
        return accessLog;
    }

    HistoryConfiguration history() {
        return history;
    }

    /** The maximum number of concurrent requests of the node. */
    int maxRequests() {
        return maxRequests == null ? HeapBasedLimits.requests() : maxRequests;
    }

    /** The maximum number of concurrent requests per client; null for no limit. */
    @Nullable
    Integer maxRequestsPerClient() {
        return maxRequestsPerClient;
    }

    /**
     * The time that the node accepts requests after {@code /__ready} answers 503, so that load balancers notice first.
     */
    Duration shutdownDelay() {
        return shutdownDelay;
    }

    /**
     * Returns the server factory.
     *
     * @throws IllegalArgumentException when config.yml selects another server type; the message is for the operator
     */
    GatewayServerFactory server() {
        if (getServerFactory() instanceof GatewayServerFactory gateway) {
            return gateway;
        }
        throw new IllegalArgumentException("server.type in config.yml must be \"gateway\". The other server types"
                + " of Dropwizard change bodies and reject paths that a gateway must forward.");
    }
}
