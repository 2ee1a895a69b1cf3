package dev.pintle.policy.cors;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The origins of a route. Origins compare byte by byte, as browsers serialize them (RFC 6454 section 6.2). Immutable. */
final class OriginSet {
    static final String ANY = "*";

    private static final Pattern SYNTAX = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<wildcard>\\*\\.)?"
                    + "(?<host>[a-z0-9_](?:(?:[a-z0-9_-]|\\.(?!\\.))*[a-z0-9_])?|\\[[0-9a-f:.]+])(?::(?<port>[1-9][0-9]{0,4}))?");
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

    /** All origins that begin with {@code prefix}, end with {@code suffix}, and have a subdomain between. */
    private record Wildcard(String prefix, String suffix) {
        boolean contains(String origin) {
            return origin.length() > prefix.length() + suffix.length()
                    && origin.startsWith(prefix)
                    && origin.endsWith(suffix)
                    && SUBDOMAIN
                            .matcher(origin)
                            .region(prefix.length(), origin.length() - suffix.length())
                            .matches();
        }
    }

    private final Set<String> exact = new HashSet<>();
    private final List<Wildcard> wildcards = new ArrayList<>();

    OriginSet(List<String> origins) {
        for (String origin : origins) {
            int star = origin.indexOf("*.");
            if (star < 0) {
                exact.add(origin);
            } else {
                wildcards.add(new Wildcard(origin.substring(0, star), origin.substring(star + 1)));
            }
        }
    }

    static boolean isValid(String origin) {
        Matcher parts = SYNTAX.matcher(origin);
        return origin.equals(ANY) || (parts.matches() && isSent(parts.group("scheme"), parts.group("port")));
    }

    /** Whether browsers send this port: they omit the default port of a scheme. */
    private static boolean isSent(String scheme, @Nullable String port) {
        return port == null
                || (Integer.parseInt(port) <= HIGHEST_PORT
                        && !(scheme.equals("https") && port.equals("443"))
                        && !(scheme.equals("http") && port.equals("80")));
    }

    /** Whether the list is {@code *}. */
    boolean isAny() {
        return exact.contains(ANY);
    }

    boolean contains(String origin) {
        return exact.contains(origin) || wildcards.stream().anyMatch(wildcard -> wildcard.contains(origin));
    }
}
