package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.VersionedDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owners of documents: repositories that manage them with {@code sync}. The defaults have none. */
public final class Ownership {
    private static final String OWNER = "owner";

    private Ownership() {}

    /** Returns the documents with the owner on each one that has none. A document with another owner stays as it is. */
    public static List<PlannedDocument> claimed(String owner, List<PlannedDocument> documents) {
        return documents.stream()
                .map(document ->
                        !document.isDefaults() && document.json() instanceof ObjectNode json && !json.hasNonNull(OWNER)
                                ? new PlannedDocument(
                                        document.pointer(),
                                        document.subject(),
                                        document.kind(),
                                        document.id(),
                                        json.deepCopy().put(OWNER, owner))
                                : document)
                .toList();
    }

    /** Returns the other owners of documents that the plan replaces, deletes or transfers. */
    public static Map<DocumentKey, String> elsewhere(
            String owner, List<PlannedDocument> documents, Configuration latest) {
        Map<DocumentKey, String> elsewhere = new LinkedHashMap<>();
        documents.stream().filter(document -> !document.isDefaults()).forEach(document -> {
            JsonNode stored =
                    latest.find(document.key()).map(VersionedDocument::json).orElse(null);
            addOther(owner, document.key(), document.json(), elsewhere);
            addOther(owner, document.key(), stored, elsewhere);
        });
        return elsewhere;
    }

    private static void addOther(
            String owner, DocumentKey key, @Nullable JsonNode json, Map<DocumentKey, String> elsewhere) {
        if (json != null && json.hasNonNull(OWNER) && !json.path(OWNER).asText().equals(owner)) {
            elsewhere.put(key, json.path(OWNER).asText());
        }
    }
}
