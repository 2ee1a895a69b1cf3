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
 * Where Redis is, and who asks. It is written as one of
 *
 * <ul>
 *   <li>{@code redis://USER:PASSWORD@HOST:PORT/DATABASE}, or with {@code rediss} for TLS
 *   <li>{@code redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT}
 *   <li>{@code redis-sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/MASTER/DATABASE}, where the hosts are the sentinels
 * </ul>
 *
 * where all but a host, and the master's name, can be left out; {@code ?tls=true} at the end is TLS for the latter two.
 *
 * @param user null when only a password is asked for, or nothing
 * @param master what the sentinels call it; empty for the other kinds
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
            + "(?<path>/[^@?\\s]*)?(?<tls>\\?tls=true)?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<host>[\\w.-]+|\\[[\\p{XDigit}:.]+])(?::(?<port>\\d{1,5}))?");
    private static final Pattern DATABASE = Pattern.compile("/?(?<master>)(?<database>\\d{0,4})");
    private static final Pattern MASTER_AND_DATABASE = Pattern.compile("/(?<master>[^/]+)(?:/(?<database>\\d{0,4}))?");
    private static final int MOST_PORT = 65_535;

    /** How Redis is run. */
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

    /** Where one process listens. */
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
     * Reads a URL.
     *
     * @param name where it was written, for the message
     * @throws IllegalArgumentException when it cannot be; the message does not repeat it, for it may hold a password
     */
    public static RedisUri parse(String name, String text) {
        Matcher form = FORM.matcher(text.strip());
        require(form.matches(), name, """
                must be written as redis://USER:PASSWORD@HOST:PORT/DATABASE (or rediss), \
                redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT or \
                redis-sentinel://USER:PASSWORD@HOST:PORT,HOST:PORT/MASTER/DATABASE, \
                special characters percent-encoded""");
        Kind kind = Kind.of(form.group("scheme"));
        String user = form.group("user");
        String password = form.group("password");
        require(
                user == null || password != null,
                name,
                "has no password: a colon stands before it, as in :PASSWORD@HOST");
        Matcher path = path(name, kind, Objects.requireNonNullElse(form.group("path"), ""));
        String database = path.group("database");
        return new RedisUri(
                kind,
                form.group("scheme").equals("rediss") || form.group("tls") != null,
                user == null || user.isEmpty() ? null : decoded(name, user),
                password == null || password.isEmpty() ? null : decoded(name, password),
                addresses(name, kind, form.group("addresses")),
                path.group("master"),
                database == null || database.isEmpty() ? 0 : Integer.parseInt(database));
    }

    private static Matcher path(String name, Kind kind, String path) {
        Matcher form = (kind == Kind.SENTINEL ? MASTER_AND_DATABASE : DATABASE).matcher(path);
        boolean matches = form.matches();
        switch (kind) {
            case STANDALONE -> require(matches, name, "names a database that is no number");
            case CLUSTER ->
                require(
                        matches && form.group("database").isEmpty(),
                        name,
                        "names a database, which a Redis Cluster does not have");
            case SENTINEL ->
                require(
                        matches,
                        name,
                        "must name the master, and then a database by its number if at all, as in HOST:PORT/MASTER/0");
        }
        return form;
    }

    private static List<Address> addresses(String name, Kind kind, String text) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher form = ADDRESS.matcher(part);
            require(form.matches(), name, "has an address that is not HOST or HOST:PORT");
            int port = form.group("port") == null ? kind.port : Integer.parseInt(form.group("port"));
            require(port > 0 && port <= MOST_PORT, name, "has a port that is not between 1 and " + MOST_PORT);
            addresses.add(new Address(form.group("host"), port));
        }
        require(
                kind != Kind.STANDALONE || addresses.size() == 1,
                name,
                "names several hosts; that is redis-cluster:// or redis-sentinel://");
        return addresses;
    }

    private static String decoded(String name, String text) {
        try {
            // A plus is a plus: only forms write spaces that way.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " has a percent sign that encodes nothing; write it as %25");
        }
    }

    private static void require(boolean condition, String name, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(name + ' ' + otherwise);
        }
    }

    /** Where it is, without user and password. */
    @Override
    public String toString() {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(","))
                + (master.isEmpty() ? "" : '/' + master);
    }
}
