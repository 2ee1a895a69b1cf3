package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The target and the path of a route of Spring Cloud Gateway. */
final class SpringRoute {
    private static final Pattern URI =
            Pattern.compile("(?<scheme>https?|wss?|lb|no|forward)://(?<host>[^/]*)(?<path>/.*)?");

    /** A prefix, an optional slash and the rest: {@code /red/?(?<segment>.*)}. */
    private static final Pattern REST =
            Pattern.compile("(?<prefix>(?:/[A-Za-z0-9._~-]+)*)/?\\??\\(\\?<(?<name>\\w+)>/?\\.\\*\\)\\$?");

    private static final Pattern REPLACEMENT = Pattern.compile("(?<prefix>(?:/[A-Za-z0-9._~-]+)*)/?\\$\\\\?\\{\\w+}");

    private final String where;
    private final ImportDraft draft;

    SpringRoute(String where, ImportDraft draft) {
        this.where = where;
        this.draft = draft;
    }

    /** Whether the address and the filters of the path have a counterpart; reports the ones that have none. */
    boolean accepts(String uri, ObjectNode match, List<SpringStep> filters) {
        if (!URI.matcher(uri).matches() || uri.startsWith("forward:")) {
            draft.lose(where, "the uri " + uri + " is no address of an upstream; the route was left out");
            return false;
        }
        for (SpringStep filter : filters) {
            boolean isConverted = switch (filter.name()) {
                case "StripPrefix" -> parts(filter) <= literalSegments(match).size();
                case "RewritePath" -> rest(filter, match);
                case "SetPath" -> false;
                default -> true;
            };
            if (!isConverted) {
                draft.lose(
                        where,
                        "the filter " + filter.name() + filter.values()
                                + " has no counterpart; the route was left out");
                return false;
            }
        }
        return true;
    }

    void convert(String uri, ObjectNode route, List<SpringStep> filters) {
        upstream(uri, route);
        String prefix = "";
        for (SpringStep filter : filters) {
            switch (filter.name()) {
                case "StripPrefix" -> prefix = stripped(filter, route);
                case "RewritePath" -> prefix = rewritten(filter, route);
                case "PrefixPath" -> prefix = filter.value(0) + prefix;
                default -> new SpringFilter(where, route, draft).apply(filter);
            }
        }
        if (!prefix.isEmpty()) {
            route.withObject("/rewrite").put("prefix", prefix);
        }
    }

    private void upstream(String uri, ObjectNode route) {
        Matcher address = URI.matcher(uri);
        if (!address.matches() || address.group("scheme").equals("no")) {
            route.withObject("/respond").put("status", 200);
            return;
        }
        String scheme = switch (address.group("scheme")) {
            case "https", "wss" -> "https";
            default -> "http";
        };
        if (address.group("scheme").equals("lb")) {
            draft.lose(
                    where,
                    uri + " names a service of a registry; the target became http://" + address.group("host")
                            + ", whose port may differ");
        }
        route.withObject("/upstream")
                .putArray("targets")
                .addObject()
                .put("url", scheme + "://" + address.group("host"));
    }

    private static int parts(SpringStep filter) {
        String parts = filter.text("parts", 0);
        return parts.matches("\\d{1,3}") ? Integer.parseInt(parts) : 1;
    }

    private static List<String> literalSegments(ObjectNode match) {
        String path = match.path("path").asText(match.path("template").asText());
        String literal = path.replaceFirst("/\\{.*$", "");
        return Arrays.stream(literal.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** A route strips its whole literal path, so a part that stays becomes the prefix. */
    private static String stripped(SpringStep filter, ObjectNode route) {
        List<String> segments = literalSegments(route.withObject("/match"));
        int parts = parts(filter);
        if (parts == 0) {
            return "";
        }
        route.withObject("/rewrite").put("stripPrefix", true);
        return parts == segments.size() ? "" : '/' + String.join("/", segments.subList(parts, segments.size()));
    }

    private static boolean rest(SpringStep filter, ObjectNode match) {
        Matcher rest = REST.matcher(filter.text("regexp", 0));
        boolean hasParameter = match.has("template");
        return rest.matches()
                && !hasParameter
                && rest.group("prefix").equals('/' + String.join("/", literalSegments(match)))
                && REPLACEMENT.matcher(filter.text("replacement", 1)).matches();
    }

    private static String rewritten(SpringStep filter, ObjectNode route) {
        route.withObject("/rewrite").put("stripPrefix", true);
        Matcher replacement = REPLACEMENT.matcher(filter.text("replacement", 1));
        return replacement.matches() ? replacement.group("prefix") : "";
    }
}
