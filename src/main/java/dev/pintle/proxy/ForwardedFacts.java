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
 * The scheme, host and port that a client asked for, as a trusted proxy tells. The three belong to one hop: what the proxy does
 * not tell follows from what it tells.
 *
 * @param scheme null when the proxy does not tell a valid one; the same for the others
 * @param host with its port, if it has one
 */
record ForwardedFacts(
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port) {
    private static final int MOST_HOPS = 64;
    private static final int MOST_PORT = 65_535;
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443, "ws", 80, "wss", 443);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?::(?<port>[0-9]{1,5}))?");

    /**
     * The facts of one hop. A proxy that appends has an element for each hop; of fewer elements the first counts.
     *
     * @param hop how many trusted proxies are between the hop's proxy and the peer
     */
    static ForwardedFacts of(Headers headers, int hop) {
        String scheme = element(headers, "X-Forwarded-Proto", hop).toLowerCase(Locale.ROOT);
        String host = element(headers, "X-Forwarded-Host", hop);
        return new ForwardedFacts(
                DEFAULT_PORTS.containsKey(scheme) ? scheme : null,
                AUTHORITY.matcher(host).matches() ? host : null,
                port(element(headers, "X-Forwarded-Port", hop)));
    }

    boolean isEmpty() {
        return scheme == null && host == null && port == null;
    }

    /**
     * The origin that these facts describe.
     *
     * @param received the request as the gateway received it
     * @param ownPort the gateway's: a Host with it names the gateway, not what the client asked for
     */
    RequestOrigin applyTo(RequestOrigin received, String client, List<String> nodes, int ownPort) {
        if (isEmpty()) {
            return new RequestOrigin(client, nodes, received.scheme(), received.authority(), received.port());
        }
        String authority = host == null ? received.authority() : host;
        Integer named = port == null ? portOf(authority) : port;
        if (port == null && host == null && named != null && named == ownPort) {
            named = null;
        }
        String told = scheme == null ? schemeOf(named, received.scheme()) : scheme;
        int known = named == null ? DEFAULT_PORTS.getOrDefault(told, received.port()) : named;
        return new RequestOrigin(client, nodes, told, authority, known);
    }

    private static String schemeOf(@Nullable Integer port, String otherwise) {
        return switch (port) {
            case null -> otherwise;
            case 443 -> "https";
            case 80 -> "http";
            default -> otherwise;
        };
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
        return port > 0 && port <= MOST_PORT ? port : null;
    }

    private static String element(Headers headers, String name, int hop) {
        List<String> elements = HeaderList.of(headers, name, MOST_HOPS);
        return elements.isEmpty() ? "" : elements.get(Math.max(0, elements.size() - 1 - hop));
    }
}
