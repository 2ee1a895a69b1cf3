package dev.pintle.proxy;

import dev.pintle.http.Headers;
import dev.pintle.http.RequestOrigin;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scheme, host and port that a client requested, as reported by a trusted proxy. The three belong to one hop: the
 * gateway derives missing values from the others.
 *
 * @param scheme null when the proxy reports no valid one; the same for the others
 * @param host with its port, if it has one
 */
record ForwardedOrigin(
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port) {
    private static final int MAX_HOPS = 64;
    private static final int MAX_PORT = 65_535;
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443, "ws", 80, "wss", 443);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?::(?<port>[0-9]{1,5}))?");

    /**
     * Reads the values of one hop. A proxy that appends adds an element per hop; with fewer elements the first one
     * applies.
     *
     * @param hop the number of trusted proxies between the proxy of this hop and the peer
     */
    static ForwardedOrigin of(Headers headers, int hop) {
        String scheme = element(headers, "X-Forwarded-Proto", hop).toLowerCase(Locale.ROOT);
        String host = element(headers, "X-Forwarded-Host", hop);
        return new ForwardedOrigin(
                DEFAULT_PORTS.containsKey(scheme) ? scheme : null,
                isAuthority(host) ? host : null,
                port(element(headers, "X-Forwarded-Port", hop)));
    }

    boolean isEmpty() {
        return scheme == null && host == null && port == null;
    }

    /**
     * Returns the origin with these values.
     *
     * @param received the request as the gateway received it
     * @param ownPort the port of the gateway; a Host with this port names the gateway, not the host that the client
     *     requested
     */
    RequestOrigin applyTo(RequestOrigin received, String client, List<String> nodes, int ownPort) {
        if (isEmpty()) {
            return new RequestOrigin(client, nodes, received.scheme(), received.authority(), received.port());
        }
        String authority = host == null ? received.authority() : host;
        Integer named = namedPort(authority, ownPort);
        String requestedScheme = scheme == null ? schemeOf(named, received.scheme()) : scheme;
        int requestedPort = named == null ? DEFAULT_PORTS.getOrDefault(requestedScheme, received.port()) : named;
        return new RequestOrigin(client, nodes, requestedScheme, authority, requestedPort);
    }

    /** Returns the port that the proxy reports; its host wins over its port, and its scheme over a port of the other one. */
    private @Nullable Integer namedPort(String authority, int ownPort) {
        Integer ofAuthority = portOf(authority);
        if (host != null && ofAuthority != null) {
            return ofAuthority;
        }
        if (port != null && !isPortOfAnotherScheme(port)) {
            return port;
        }
        return ofAuthority != null && ofAuthority == ownPort ? null : ofAuthority;
    }

    private boolean isPortOfAnotherScheme(Integer reported) {
        return scheme != null && DEFAULT_PORTS.containsValue(reported) && !reported.equals(DEFAULT_PORTS.get(scheme));
    }

    private static String schemeOf(@Nullable Integer port, String otherwise) {
        return switch (port) {
            case null -> otherwise;
            case 443 -> "https";
            case 80 -> "http";
            default -> otherwise;
        };
    }

    private static boolean isAuthority(String text) {
        Matcher form = AUTHORITY.matcher(text);
        return form.matches() && (form.group("port") == null || port(form.group("port")) != null);
    }

    private static @Nullable Integer portOf(String authority) {
        Matcher form = AUTHORITY.matcher(authority);
        return form.matches() && form.group("port") != null ? port(form.group("port")) : null;
    }

    private static @Nullable Integer port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return null;
        }
        int port = Integer.parseInt(text);
        return port > 0 && port <= MAX_PORT ? port : null;
    }

    private static String element(Headers headers, String name, int hop) {
        List<String> elements = HeaderList.of(headers, name, MAX_HOPS);
        return elements.isEmpty() ? "" : elements.get(Math.max(0, elements.size() - 1 - hop));
    }
}
