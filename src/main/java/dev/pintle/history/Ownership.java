package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The owners of routes: repositories that manage them with {@code sync}. */
public final class Ownership {
    private static final String OWNER = "owner";

    private Ownership() {}

    /** Returns the documents with the owner on each route that has none. A route with another owner stays as it is. */
    public static List<PlannedDocument> claimed(String owner, List<PlannedDocument> documents) {
        return documents.stream()
                .map(document ->
                        document.isRoute() && document.json() instanceof ObjectNode route && !route.hasNonNull(OWNER)
                                ? new PlannedDocument(
                                        document.pointer(),
                                        document.subject(),
                                        document.kind(),
                                        document.id(),
                                        route.deepCopy().put(OWNER, owner))
                                : document)
                .toList();
    }

    /** Returns the other owners of routes that the documents replace, delete or transfer, by route. */
    public static SortedMap<String, String> elsewhere(
            String owner, List<PlannedDocument> documents, Configuration latest) {
        SortedMap<String, String> elsewhere = new TreeMap<>();
        documents.stream().filter(PlannedDocument::isRoute).forEach(document -> {
            VersionedDocument stored = latest.routes().get(document.id());
            addOther(owner, document.id(), document.json(), elsewhere);
            addOther(owner, document.id(), stored == null ? null : stored.json(), elsewhere);
        });
        return elsewhere;
    }

    private static void addOther(
            String owner, String route, @Nullable JsonNode json, SortedMap<String, String> elsewhere) {
        if (json != null && json.hasNonNull(OWNER) && !json.path(OWNER).asText().equals(owner)) {
            elsewhere.put(route, json.path(OWNER).asText());
        }
    }
}
