package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The predicates of a route of Spring Cloud Gateway. A route with a predicate that has no counterpart is left out. */
final class SpringPredicates {
    private static final String LITERAL = "[A-Za-z0-9 _/:=-]*";

    private final String where;
    private final List<SpringStep> predicates;
    private final ImportDraft draft;

    SpringPredicates(String where, List<SpringStep> predicates, ImportDraft draft) {
        this.where = where;
        this.predicates = predicates;
        this.draft = draft;
    }

    /** One match for each path. */
    List<ObjectNode> matches() {
        ObjectNode conditions = JsonNodeFactory.instance.objectNode();
        List<String> paths = new ArrayList<>();
        for (SpringStep predicate : predicates) {
            boolean isConverted = switch (predicate.name()) {
                case "Path" -> paths.isEmpty() && paths.addAll(patterns(predicate));
                case "Method" -> list(conditions, "methods", predicate.values());
                case "Host" -> hosts(conditions, predicate.values());
                case "Header" ->
                    value(conditions, "/headers", predicate.text("header", 0), predicate.text("regexp", 1));
                case "Query" -> value(conditions, "/query", predicate.text("param", 0), predicate.text("regexp", 1));
                default -> false;
            };
            if (!isConverted) {
                draft.lose(
                        where,
                        "the predicate " + predicate.name() + predicate.values()
                                + " has no counterpart; the route was left out");
                return List.of();
            }
        }
        List<ObjectNode> matches = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of("/**") : paths) {
            match(path)
                    .ifPresentOrElse(
                            match -> {
                                match.setAll(conditions.deepCopy());
                                matches.add(match);
                            },
                            () -> draft.lose(
                                    where, "the path pattern " + path + " has no counterpart and was left out"));
        }
        return matches;
    }

    private static List<String> patterns(SpringStep predicate) {
        return predicate.values().stream()
                .filter(value -> value.startsWith("/"))
                .toList();
    }

    /** The forms {@code /a/**}, {@code /a/{b}}, {@code /a/*} and {@code /a/{*rest}}. */
    static Optional<ObjectNode> match(String pattern) {
        String path = pattern.replaceAll("/\\{\\*(\\w+)}$", "/**").replaceAll("/\\*(?=/|$)", "/{any}");
        boolean isPrefix = path.endsWith("/**");
        String literal = isPrefix ? path.substring(0, path.length() - 3) : path;
        if (literal.indexOf('*') >= 0 || literal.indexOf('?') >= 0 || literal.indexOf(':') >= 0) {
            return Optional.empty();
        }
        if (!isPrefix) {
            return MatchDraft.template(literal);
        }
        return literal.indexOf('{') < 0
                ? MatchDraft.prefix(literal.isEmpty() ? "/" : literal)
                : MatchDraft.template(literal + "/{rest...}");
    }

    /** A second predicate of a kind narrows the first one, and a list would widen it. */
    private static boolean list(ObjectNode conditions, String key, List<String> values) {
        if (conditions.has(key)) {
            return false;
        }
        ArrayNode list = conditions.putArray(key);
        values.forEach(list::add);
        return !values.isEmpty();
    }

    private static boolean hosts(ObjectNode conditions, List<String> patterns) {
        List<String> hosts = patterns.stream()
                .map(pattern -> pattern.replaceFirst("^\\*\\*\\.", "*."))
                .toList();
        return hosts.stream().allMatch(host -> host.matches("(\\*\\.)?[A-Za-z0-9.-]+(:\\d+)?"))
                && list(conditions, "hosts", hosts);
    }

    private static boolean value(ObjectNode conditions, String place, String name, String expression) {
        boolean isAny = expression.isEmpty() || expression.equals(".*") || expression.equals(".+");
        if (name.isEmpty() || !(isAny || expression.matches(LITERAL))) {
            return false;
        }
        return conditions.withObject(place).putIfAbsent(name, TextNode.valueOf(isAny ? "*" : expression)) == null;
    }
}
