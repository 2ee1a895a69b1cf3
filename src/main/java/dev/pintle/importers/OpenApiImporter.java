package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Converts OpenAPI 3: each path becomes a route for the methods of its operations, and the first server its target. The path of
 * the server is part of the match, because clients see it. The upstream keeps enforcing schemas and security.
 */
public final class OpenApiImporter implements Importer {
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String REFERENCE = "$ref";
    private static final int MAX_DESCRIPTION = 1_000;

    @Override
    public String name() {
        return "openapi";
    }

    @Override
    public String description() {
        return "Converts an OpenAPI 3 document to route files";
    }

    @Override
    public Imported convert(List<JsonNode> documents) throws UnknownFormatException {
        ImportDraft draft = new ImportDraft();
        for (JsonNode document : documents) {
            if (!document.path("openapi").asText().startsWith("3.")) {
                throw new UnknownFormatException(
                        "must be an OpenAPI 3 document, with openapi: 3.x; convert a document of"
                                + " Swagger 2.0 first");
            }
            JsonNode servers = document.path("servers");
            reportFurther("servers", servers, draft);
            document.path("paths").properties().forEach(path -> {
                if (path.getKey().startsWith("/")) {
                    path(path.getKey(), resolved(path.getValue(), document), servers, draft);
                }
            });
        }
        return draft.complete();
    }

    /** Adds what a reference within the document leads to. The keys beside the reference win. */
    private static JsonNode resolved(JsonNode item, JsonNode document) {
        String reference = item.path(REFERENCE).asText();
        if (!reference.startsWith("#/") || !(document.at(reference.substring(1)) instanceof ObjectNode target)) {
            return item;
        }
        ObjectNode merged = target.deepCopy();
        item.properties().stream()
                .filter(entry -> !entry.getKey().equals(REFERENCE))
                .forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        return merged;
    }

    private static void path(String path, JsonNode item, JsonNode shared, ImportDraft draft) {
        if (item.has(REFERENCE)) {
            boolean hasOperations = METHODS.stream().anyMatch(item::has);
            draft.lose(
                    "path " + path,
                    REFERENCE + " " + item.path(REFERENCE).asText() + " leads to no path of the document; "
                            + (hasOperations
                                    ? "only the operations beside it were converted"
                                    : "the path was left out"));
        }
        JsonNode servers = item.path("servers").isEmpty() ? shared : item.path("servers");
        reportFurther("path " + path, item.path("servers"), draft);
        Map<JsonNode, TreeSet<String>> methods = new LinkedHashMap<>();
        for (String method : METHODS) {
            JsonNode own = item.path(method).path("servers");
            if (item.has(method)) {
                reportFurther("operation " + method + ' ' + path, own, draft);
                methods.computeIfAbsent(own.isEmpty() ? servers : own, any -> new TreeSet<>())
                        .add(method.toUpperCase(Locale.ROOT));
            }
        }
        methods.forEach((from, names) -> {
            String suffix = methods.size() == 1 ? "" : " " + String.join(" ", names);
            route(path, path + suffix, names, from, item, draft);
        });
    }

    private static void route(
            String path, String name, SortedSet<String> methods, JsonNode servers, JsonNode item, ImportDraft draft) {
        Optional<URI> server = server(servers.path(0));
        if (server.isEmpty()) {
            draft.lose("path " + path, "its server has no absolute URL of http or https; the path was left out");
            return;
        }
        String base = server.get().getPath().replaceAll("/+$", "");
        Optional<ObjectNode> match = MatchDraft.template(base + path);
        if (match.isEmpty()) {
            draft.lose(
                    "path " + path,
                    "a parameter is a part of a segment, or the path has other characters than a"
                            + " route allows; the path was left out");
            return;
        }
        ArrayNode allowed = match.get().putArray("methods");
        methods.forEach(allowed::add);
        ObjectNode route = draft.route(name, match.get());
        String summary = item.path("summary").asText(summary(item, methods)).strip();
        if (!summary.isEmpty()) {
            route.put("description", summary.substring(0, Math.min(summary.length(), MAX_DESCRIPTION)));
        }
        route.withObject("/upstream")
                .putArray("targets")
                .addObject()
                .put("url", server.get().getScheme() + "://" + server.get().getRawAuthority());
    }

    /** The summary of the only operation. */
    private static String summary(JsonNode item, SortedSet<String> methods) {
        return methods.size() == 1
                ? item.path(methods.getFirst().toLowerCase(Locale.ROOT))
                        .path("summary")
                        .asText("")
                : "";
    }

    private static Optional<URI> server(JsonNode server) {
        String url = server.path("url").asText();
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            url = url.replace(
                    '{' + variable.getKey() + '}',
                    variable.getValue().path("default").asText());
        }
        try {
            URI uri = URI.create(url);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Servers are alternatives, such as production and a sandbox, and not replicas. */
    private static void reportFurther(String where, JsonNode servers, ImportDraft draft) {
        for (int i = 1; i < servers.size(); i++) {
            draft.lose(
                    where,
                    "the server " + servers.path(i).path("url").asText()
                            + " was left out, because only the first one becomes a target");
        }
    }
}
