package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A route of Kong: one route for each of its paths. A route with a condition that has no counterpart is left out. */
final class KongRoute {
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "grpc", "grpcs", "ws", "wss");

    private final SourceObject route;
    private final String serviceName;

    KongRoute(SourceObject route, String serviceName) {
        this.route = route;
        this.serviceName = serviceName;
    }

    List<ObjectNode> convert(ImportDraft draft) {
        route.ignore(
                "id",
                "tags",
                "created_at",
                "updated_at",
                "service",
                "regex_priority",
                "path_handling",
                "request_buffering",
                "response_buffering",
                "https_redirect_status_code");
        List<String> protocols = route.texts("protocols");
        Optional<ObjectNode> conditions = conditions(draft);
        if (!PROTOCOLS.containsAll(protocols)) {
            draft.lose(route.where(), "the protocols " + protocols + " are not HTTP; the route was left out");
            return List.of();
        }
        if (protocols.equals(List.of("https"))) {
            draft.lose(
                    route.where(),
                    "it refuses plain HTTP; a route answers on every connector, so open no connector" + " without TLS");
        }
        List<String> paths = route.has("paths") ? route.texts("paths") : List.of("/");
        List<ObjectNode> converted = new ArrayList<>();
        for (String path : conditions.isPresent() ? paths : List.<String>of()) {
            MatchDraft.prefix(path)
                    .ifPresentOrElse(
                            match -> {
                                match.setAll(conditions.get().deepCopy());
                                converted.add(draft.route(name() + (paths.size() == 1 ? "" : ' ' + path), match));
                            },
                            () -> draft.lose(
                                    route.where(),
                                    "the path " + path
                                            + " is a regular expression, or has other characters than a route allows; it was left out"));
        }
        return converted;
    }

    private String name() {
        return route.text("name", serviceName);
    }

    /** The conditions beside the path; empty when one has no counterpart. */
    private Optional<ObjectNode> conditions(ImportDraft draft) {
        ObjectNode match = JsonNodeFactory.instance.objectNode();
        put(match, "hosts", route.texts("hosts"));
        put(match, "methods", route.texts("methods"));
        for (Map.Entry<String, List<String>> header :
                route.textsByKey("headers").entrySet()) {
            if (header.getValue().size() != 1 || header.getValue().getFirst().startsWith("~*")) {
                draft.lose(
                        route.where(),
                        "the header " + header.getKey()
                                + " has several values or a regular expression; the route was left out");
                return Optional.empty();
            }
            match.withObject("/headers").put(header.getKey(), header.getValue().getFirst());
        }
        for (String key : List.of("snis", "sources", "destinations", "expression")) {
            if (route.has(key)) {
                draft.lose(route.where(), "the condition " + key + " has no counterpart; the route was left out");
                return Optional.empty();
            }
        }
        return Optional.of(match);
    }

    private static void put(ObjectNode match, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = match.putArray(key);
            values.forEach(list::add);
        }
    }

    /** Applies the settings of the route to what the upstream receives. */
    void rewrite(ObjectNode converted) {
        if (route.flag("strip_path", true)
                && !converted.at("/match/path").asText().equals("/")) {
            converted.withObject("/rewrite").put("stripPrefix", true);
        }
        if (route.flag("preserve_host", false)) {
            converted.withObject("/rewrite").put("preserveHost", true);
        }
    }
}
