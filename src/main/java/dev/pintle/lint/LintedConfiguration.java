package dev.pintle.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Specs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The routes among which a route is linted. It reads a document when a rule asks for the route. Used by one thread. */
final class LintedConfiguration {
    private final DocumentCache reader;
    private final RoutesByPath routes;
    private final Specs defaults;
    private final NodeFacts node;
    private final Map<String, Optional<LintedRoute>> read = new HashMap<>();

    LintedConfiguration(DocumentCache reader, RoutesByPath routes, JsonNode defaults, NodeFacts node) {
        this.reader = reader;
        this.routes = routes;
        this.defaults = defaults(reader, defaults);
        this.node = node;
    }

    NodeFacts node() {
        return node;
    }

    Set<String> ids() {
        return routes.ids();
    }

    /** The route of an id; empty when it does not exist, is disabled, or breaks a rule of its document. */
    Optional<LintedRoute> route(String id) {
        JsonNode json = routes.find(id);
        return json == null ? Optional.empty() : read.computeIfAbsent(id, name -> read(json));
    }

    /** The routes with a path, by id. */
    Stream<LintedRoute> at(String path) {
        return routes.at(path).flatMap(id -> route(id).stream());
    }

    /** The routes whose path is below a path, by path and id. */
    Stream<LintedRoute> below(String path) {
        return routes.below(path).flatMap(id -> route(id).stream());
    }

    /** The paths above a path, the nearest first. */
    static Stream<String> above(String path) {
        return Stream.iterate(parent(path), parent -> !parent.isEmpty(), LintedConfiguration::parent);
    }

    private static String parent(String path) {
        if (path.length() <= 1) {
            return "";
        }
        return path.lastIndexOf('/') == 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }

    private Optional<LintedRoute> read(JsonNode json) {
        if (!json.path("enabled").asBoolean(true)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LintedRoute.of(reader.route(json), defaults));
        } catch (InvalidSpecException e) {
            return Optional.empty();
        }
    }

    private static Specs defaults(DocumentCache reader, JsonNode json) {
        try {
            return reader.defaults(json).settings();
        } catch (InvalidSpecException e) {
            return Specs.NONE;
        }
    }
}
