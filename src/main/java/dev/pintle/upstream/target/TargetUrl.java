package dev.pintle.upstream.target;

import dev.pintle.config.PathSyntax;
import dev.pintle.config.Truncated;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a target: {@code http} or {@code https}, a host, and optionally a port and a path. Host names may contain
 * underscores, which {@link java.net.URI} rejects.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port the port of the scheme when the URL has none
 * @param path as written; may be empty
 */
record TargetUrl(boolean secure, String host, int port, String path) {
    private static final Pattern URL =
            Pattern.compile("(?i)(?<scheme>https?)://(?<authority>[^/?#]*)(?<path>[^?#]*)(?<rest>.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(?<host>\\[[^\\]]*]|[^:]*)(:(?<port>[0-9]{0,5}))?");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final int LONGEST_NAME = 253;
    private static final int HIGHEST_PORT = 65_535;

    /** The fault of a URL and the remedy; empty when it can be a target. */
    static Optional<String> fault(String url) {
        try {
            parse(url);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // A password is not repeated.
            String value = url.indexOf('@') < 0 ? "; it is " + Truncated.quoted(url) : "";
            return Optional.of(e.getMessage() + value);
        }
    }

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException with the fault and the remedy, when it cannot be a target
     */
    static TargetUrl parse(String url) {
        Matcher parts = URL.matcher(url);
        require(parts.matches(), "must begin with http:// or https://, such as \"http://localhost:5001\"");
        String authority = parts.group("authority");
        require(authority.indexOf('@') < 0, "must not contain a user or password");
        require(parts.group("rest").isEmpty(), "must not contain a query or a fragment");
        Matcher place = AUTHORITY.matcher(authority);
        require(place.matches(), "must name a host and, if a port, one from 1 to 65535");
        boolean secure = parts.group("scheme").equalsIgnoreCase("https");
        String path = parts.group("path");
        if (!path.isEmpty()) {
            PathSyntax.fault(path, true).ifPresent(fault -> require(false, "has a path that " + fault));
        }
        return new TargetUrl(secure, host(place.group("host")), port(place.group("port"), secure), path);
    }

    /** Host and port in the form of a {@code Host} header. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return port == standardPort(secure) ? name : name + ':' + port;
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            String literal = host.substring(1, host.length() - 1);
            require(isIpv6(literal), "must name an IPv6 address without a zone in brackets, such as [2001:db8::1]");
            return literal;
        }
        String[] labels = host.split("\\.");
        if (labels.length > 0 && NUMBER.matcher(labels[labels.length - 1]).matches()) {
            require(IPV4.matcher(host).matches(), "must name an IPv4 address of four numbers, such as 10.0.0.1");
            return host;
        }
        require(
                labels.length > 0
                        && host.length() <= LONGEST_NAME
                        && Arrays.stream(labels)
                                .allMatch(label -> LABEL.matcher(label).matches()),
                "must name a host of letters, digits, hyphens, underscores and dots");
        return host;
    }

    private static boolean isIpv6(String literal) {
        if (literal.indexOf(':') < 0 || literal.indexOf('%') >= 0) {
            return false;
        }
        try {
            InetAddress.ofLiteral(literal);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(@Nullable String port, boolean secure) {
        if (port == null || port.isEmpty()) {
            return standardPort(secure);
        }
        int number = Integer.parseInt(port);
        require(number >= 1 && number <= HIGHEST_PORT, "must name a port from 1 to 65535");
        return number;
    }

    private static int standardPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private static void require(boolean valid, String fault) {
        if (!valid) {
            throw new IllegalArgumentException(fault);
        }
    }
}
