package dev.pintle.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Specs;
import dev.pintle.history.ConfigurationDocuments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The routes among which a route is linted. It reads a document when a rule asks for the route. Used by one thread. */
final class LintedConfiguration {
    private final DocumentCache reader;
    private final ConfigurationDocuments documents;
    private final Specs defaults;
    private final int nodes;
    private final NavigableMap<String, List<String>> idsByPath = new TreeMap<>();
    private final Map<String, Optional<LintedRoute>> read = new HashMap<>();

    /** @param nodes how many nodes are alive */
    LintedConfiguration(DocumentCache reader, ConfigurationDocuments documents, int nodes) {
        this.reader = reader;
        this.documents = documents;
        this.defaults = defaults(reader, documents.defaults());
        this.nodes = nodes;
        documents
                .routes()
                .forEach((id, json) -> idsByPath
                        .computeIfAbsent(pattern(json.path("match")), path -> new ArrayList<>(1))
                        .add(id));
    }

    private static String pattern(JsonNode match) {
        return match.path(match.has("path") ? "path" : "template").asText();
    }

    int nodes() {
        return nodes;
    }

    Set<String> ids() {
        return documents.routes().keySet();
    }

    /** The route of an id; empty when it does not exist, is disabled, or breaks a rule of its document. */
    Optional<LintedRoute> route(String id) {
        JsonNode json = documents.routes().get(id);
        return json == null ? Optional.empty() : read.computeIfAbsent(id, name -> read(json));
    }

    /** The routes with a path, by id. */
    Stream<LintedRoute> at(String path) {
        return idsByPath.getOrDefault(path, List.of()).stream().flatMap(id -> route(id).stream());
    }

    /** The routes whose path is below a path, by path and id. */
    Stream<LintedRoute> below(String path) {
        String first = path.equals("/") ? "/" : path + '/';
        String end = first.substring(0, first.length() - 1) + '0';
        return idsByPath.subMap(first, false, end, false).values().stream()
                .flatMap(List::stream)
                .flatMap(id -> route(id).stream());
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
