package dev.pintle.server.proxyprotocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The key {@code proxyProtocol} of a connector.
 *
 * @param from the CIDR blocks of the load balancers whose connections begin with a PROXY header
 * @param timeout from the opening of a connection to the end of its header
 */
public record ProxyProtocolSpec(
        @NotEmpty @JsonProperty List<@NotNull String> from,

        @NotNull @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS) @JsonProperty
        Duration timeout) {
    private static final Duration TIMEOUT = Duration.seconds(5);

    @SuppressWarnings("NullAway") // Jackson passes null for an absent key; the validation reports "from".
    public ProxyProtocolSpec(@Nullable List<String> from, @Nullable Duration timeout) {
        this.from = from == null ? List.of() : from;
        this.timeout = Objects.requireNonNullElse(timeout, TIMEOUT);
    }

    /**
     * Returns the factories of a connector with this protocol before them.
     *
     * @param spec null for a connector without PROXY headers
     * @param factories the first one creates the connection after the header
     * @throws IllegalArgumentException when an address block is invalid
     */
    public static ConnectionFactory[] before(@Nullable ProxyProtocolSpec spec, ConnectionFactory... factories) {
        if (spec == null) {
            return factories;
        }
        ConnectionFactory[] all = new ConnectionFactory[factories.length + 1];
        all[0] = new ProxyProtocolConnectionFactory(spec, factories[0].getProtocol());
        System.arraycopy(factories, 0, all, 1, factories.length);
        return all;
    }
}
