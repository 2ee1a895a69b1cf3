package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.admin.auth.TokenConfiguration;
import dev.pintle.cli.CommandConfiguration;
import dev.pintle.http.CidrSet;
import dev.pintle.redis.RedisUri;
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

/** What config.yml says. Routes are not in it: they are kept in PostgreSQL and changed through the admin API. */
public final class PintleConfiguration extends Configuration implements CommandConfiguration {
    /** Which peers see the detailed introspection paths of the gateway port; none by default. */
    public static final class IntrospectionConfiguration {
        @NotNull
        @JsonProperty
        private List<String> allow = List.of();

        /**
         * The peers.
         *
         * @throws IllegalArgumentException with a sentence that holds no value, when the list cannot be read
         */
        CidrSet peers() {
            try {
                return CidrSet.of(allow);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "INTROSPECTION_ALLOW (introspection.allow) must be a list of CIDR blocks"
                                + " such as 10.0.0.0/8 or 2001:db8::/32.");
            }
        }
    }

    /** Where and how much rate limits remember. */
    public static final class RateLimitsConfiguration {
        @JsonProperty
        private @Nullable String redisUrl;

        @Min(1_000)
        @JsonProperty
        private @Nullable Integer maxBuckets;

        /**
         * The Redis in which nodes count together; null when each counts for itself.
         *
         * @throws IllegalArgumentException with a sentence that holds no password, when the URL cannot be read
         */
        @Nullable
        RedisUri redis() {
            return redisUrl == null || redisUrl.isBlank() ? null : RedisUri.parse("REDIS_URL", redisUrl);
        }

        /** How many clients' buckets the node keeps. */
        int maxBuckets() {
            return maxBuckets == null ? HeapBasedLimits.buckets() : maxBuckets;
        }
    }

    /** The WebSockets of a node. */
    public static final class TunnelsConfiguration {
        @Min(1)
        @JsonProperty
        private @Nullable Integer max;

        /** The most open tunnels. */
        int max() {
            return max == null ? HeapBasedLimits.tunnels() : max;
        }
    }

    @Valid
    @NotNull
    @JsonProperty
    private DatabaseConfiguration database = new DatabaseConfiguration();

    /** Jackson would read a path with a colon as a URI. */
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

    /** The client's response adds headers, and must fit into what the server writes. */
    @NotNull
    @MinDataSize(value = 8, unit = DataSizeUnit.KIBIBYTES)
    @MaxDataSize(value = 192, unit = DataSizeUnit.KIBIBYTES)
    @JsonProperty
    private DataSize upstreamMaxResponseHeaderSize = DataSize.kibibytes(64);

    @NotNull
    @JsonProperty
    private Map<String, @NotNull @Valid PemFiles> clientCertificates = Map.of();

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

    /** A configuration with every default. */
    public PintleConfiguration() {
        setServerFactory(new GatewayServerFactory());
    }

    @Override
    public DatabaseConfiguration database() {
        return database;
    }

    /** The folder of everything that a node keeps for itself: snapshot, token, and PostgreSQL where it is embedded. */
    @Override
    public Path dataFolder() {
        return Path.of(data);
    }

    @Override
    public EffectiveRouteValidator routeValidator() {
        EgressPolicy egress = new EgressPolicy(upstreamAllow);
        egress.ownPorts(server().ports());
        return new EffectiveRouteValidator(egress, new TreeSet<>(clientCertificates.keySet()));
    }

    /** The name of the node among the others; the host name unless one is given. */
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

    /** Blank: the node makes one for itself. */
    String adminToken() {
        return adminToken == null ? "" : adminToken.strip();
    }

    /** The tokens beside it. */
    List<TokenConfiguration> adminTokens() {
        return adminTokens;
    }

    /** CIDR blocks. */
    List<String> trustedProxies() {
        return trustedProxies;
    }

    /** Addresses that requests may go to although they are closed, as CIDR blocks, perhaps with a port. */
    List<String> upstreamAllow() {
        return upstreamAllow;
    }

    /** Bytes of names and values that the response head of an upstream may have. */
    int maxResponseHeaderBytes() {
        return Math.toIntExact(upstreamMaxResponseHeaderSize.toBytes());
    }

    /** By the names that routes give. */
    Map<String, PemFiles> clientCertificates() {
        return clientCertificates;
    }

    IntrospectionConfiguration introspection() {
        return introspection;
    }

    RateLimitsConfiguration rateLimits() {
        return rateLimits;
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

    /** How many requests the node answers at once. */
    int maxRequests() {
        return maxRequests == null ? HeapBasedLimits.requests() : maxRequests;
    }

    /** How many requests of one client; null when no client has a bound of its own. */
    @Nullable
    Integer maxRequestsPerClient() {
        return maxRequestsPerClient;
    }

    /** How long the node goes on taking requests after {@code /__ready} says 503, so that load balancers notice first. */
    Duration shutdownDelay() {
        return shutdownDelay;
    }

    /**
     * The server of this configuration.
     *
     * @throws IllegalArgumentException with a sentence, when it is another server than the gateway's
     */
    GatewayServerFactory server() {
        if (getServerFactory() instanceof GatewayServerFactory gateway) {
            return gateway;
        }
        throw new IllegalArgumentException("server.type in config.yml must be \"gateway\"; Dropwizard's other servers"
                + " change bodies and refuse paths that a gateway must pass on.");
    }
}
