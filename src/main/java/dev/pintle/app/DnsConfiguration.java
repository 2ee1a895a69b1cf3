package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.upstream.discovery.DnsClient;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The DNS resolver of discovery. */
public final class DnsConfiguration {
    private static final Pattern SERVER = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    @JsonProperty
    private @Nullable String resolver;

    /**
     * The client of the resolver; the one of the system when none is configured.
     *
     * @throws IllegalArgumentException when the resolver is invalid; the message is for the operator
     */
    DnsClient client() {
        return resolver == null || resolver.isBlank() ? DnsClient.ofSystem() : DnsClient.of(server(resolver.strip()));
    }

    private static InetSocketAddress server(String text) {
        Matcher parts = SERVER.matcher(text);
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(3));
            if (port >= 1 && port <= 65_535) {
                InetSocketAddress server =
                        new InetSocketAddress(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
                if (!server.isUnresolved()) {
                    return server;
                }
            }
        }
        throw new IllegalArgumentException("dns.resolver is \"" + text
                + "\"; write the host and the port of a DNS resolver, such as 10.0.0.53:53 or [2001:db8::53]:53");
    }
}
