package dev.pintle.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of Redis and its credentials, in one of these forms:
 *
 * <ul>
 * <li>{@code redis://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code rediss} for TLS
 * <li>{@code redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT}
 * <li>{@code redis-sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sentinelMasterId=NAME}; the hosts are the
 *     sentinels
 * </ul>
 *
 * <p>Only the host, and for sentinels the name of the master, are required. The query parameter {@code tls=true}
 * enables TLS for the last two forms.
 *
 * @param user null for the default user
 * @param password null if Redis requires none
 * @param master the name of the master that the sentinels know; empty for the other kinds
 */
public record RedisUri(
        Kind kind,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        List<Address> addresses,
        String master,
        int database) {
    private static final Pattern FORM = Pattern.compile("(?<scheme>rediss?|redis-cluster|redis-sentinel)://"
            + "(?:(?<user>[^:@/?\\s]*)(?::(?<password>[^@/?\\s]*))?@)?(?<addresses>[^@/?\\s]+)"
            + "(?:/(?<database>[^@?\\s]*))?(?:\\?(?<query>[^@?\\s]*))?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<host>[\\w.-]+|\\[[\\p{XDigit}:.]+])(?::(?<port>\\d{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("\\d{0,4}");
    private static final String MASTER = "sentinelMasterId=";
    private static final String TLS = "tls=true";
    private static final int MAX_PORT = 65_535;

    /** The deployment of Redis. */
    public enum Kind {
        STANDALONE(6379),
        CLUSTER(6379),
        SENTINEL(26_379);

        private final int port;

        Kind(int port) {
            this.port = port;
        }

        private static Kind of(String scheme) {
            return switch (scheme) {
                case "redis-cluster" -> CLUSTER;
                case "redis-sentinel" -> SENTINEL;
                default -> STANDALONE;
            };
        }
    }

    /** The address of one server. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ':' + port;
        }
    }

    public RedisUri {
        addresses = List.copyOf(addresses);
    }

    /**
     * Parses a URI.
     *
     * @param name the name of the setting, for the message
     * @throws IllegalArgumentException if the text has another form; the message does not quote it, because it may
     *     contain a password
     */
    public static RedisUri parse(String name, String text) {
        Matcher form = FORM.matcher(text.strip());
        require(form.matches(), name, """
                must have the form redis://USER:PASSWORD@HOST:PORT/DATABASE (or rediss), \
                redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT or \
                redis-sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sentinelMasterId=NAME, \
                with special characters percent-encoded""");
        Kind kind = Kind.of(form.group("scheme"));
        String user = form.group("user");
        String password = form.group("password");
        require(user == null || password != null, name, "has no password: put a colon before it, as in :PASSWORD@HOST");
        List<String> parameters = parameters(form.group("query"));
        return new RedisUri(
                kind,
                form.group("scheme").equals("rediss") || parameters.contains(TLS),
                user == null || user.isEmpty() ? null : decoded(name, user),
                password == null || password.isEmpty() ? null : decoded(name, password),
                addresses(name, kind, form.group("addresses")),
                master(name, kind, parameters),
                database(name, kind, Objects.requireNonNullElse(form.group("database"), "")));
    }

    private static List<String> parameters(@Nullable String query) {
        return query == null ? List.of() : List.of(query.split("&", -1));
    }

    private static String master(String name, Kind kind, List<String> parameters) {
        String master = "";
        for (String parameter : parameters) {
            boolean isMaster = kind == Kind.SENTINEL && parameter.startsWith(MASTER);
            require(
                    isMaster || parameter.equals(TLS),
                    name,
                    "has an unknown parameter: use tls=true, and sentinelMasterId=NAME with redis-sentinel");
            if (isMaster) {
                master = decoded(name, parameter.substring(MASTER.length()));
            }
        }
        require(
                kind != Kind.SENTINEL || !master.isEmpty(),
                name,
                "must name the master, as in redis-sentinel://HOST:PORT?sentinelMasterId=NAME");
        return master;
    }

    private static int database(String name, Kind kind, String text) {
        require(
                kind != Kind.CLUSTER || text.isEmpty(),
                name,
                "names a database, which Redis Cluster does not" + " support; remove it");
        require(DATABASE.matcher(text).matches(), name, "names a database that is not a number from 0 to 9999");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static List<Address> addresses(String name, Kind kind, String text) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher form = ADDRESS.matcher(part);
            require(form.matches(), name, "has an address that is not HOST or HOST:PORT");
            int port = form.group("port") == null ? kind.port : Integer.parseInt(form.group("port"));
            require(port > 0 && port <= MAX_PORT, name, "has a port that is not between 1 and " + MAX_PORT);
            addresses.add(new Address(form.group("host"), port));
        }
        require(
                kind != Kind.STANDALONE || addresses.size() == 1,
                name,
                "names several hosts; use redis-cluster:// or redis-sentinel:// for them");
        return addresses;
    }

    private static String decoded(String name, String text) {
        try {
            // A plus sign is literal in a URI; it means a space in HTML forms only.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " has an invalid percent-encoding; write a percent sign as %25");
        }
    }

    private static void require(boolean condition, String name, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(name + ' ' + otherwise);
        }
    }

    /** The address, without user name and password. */
    @Override
    public String toString() {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(","))
                + (master.isEmpty() ? "" : '/' + master);
    }
}
