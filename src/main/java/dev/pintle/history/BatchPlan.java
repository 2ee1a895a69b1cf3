package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The documents that result from a batch.
 *
 * @param violations the faults of the batch, and of its edits relative to the latest configuration
 */
public record BatchPlan(List<PlannedDocument> documents, List<Violation> violations) {
    public BatchPlan {
        documents = List.copyOf(documents);
        violations = List.copyOf(violations);
    }

    /**
     * Creates the plan of a batch.
     *
     * @param mergePatch applies a JSON merge patch, the second argument, to a document
     */
    public static BatchPlan of(Batch batch, Configuration latest, BinaryOperator<JsonNode> mergePatch) {
        List<PlannedDocument> documents = new ArrayList<>();
        List<Violation> violations = new ArrayList<>(batch.violations());
        for (BatchEdit edit : batch.edits()) {
            switch (edit) {
                case BatchEdit.Put(var pointer, var key, var document) ->
                    documents.add(planned(pointer, key, document));
                case BatchEdit.Defaults(var pointer, var defaults) ->
                    documents.add(planned(pointer, DocumentKey.DEFAULTS, defaults));
                case BatchEdit.Patch(var pointer, var key, var merge)
                when latest.find(key).isPresent() -> {
                    JsonNode stored = latest.find(key).get().json();
                    documents.add(planned(pointer + "/merge", key, mergePatch.apply(stored, merge)));
                }
                case BatchEdit.Patch patch ->
                    violations.add(new Violation(patch.pointer() + "/id", absent(patch.key(), latest)));
                case BatchEdit.Delete(var pointer, var key)
                when latest.has(key) -> documents.add(planned(pointer, key, null));
                case BatchEdit.Delete delete ->
                    violations.add(new Violation(delete.pointer(), absent(delete.key(), latest)));
            }
        }
        return new BatchPlan(documents, violations);
    }

    private static PlannedDocument planned(String pointer, DocumentKey key, @Nullable JsonNode json) {
        return new PlannedDocument(pointer, "", key.kind(), key.id(), json);
    }

    private static String absent(DocumentKey key, Configuration latest) {
        return latest.unreadable(key)
                .map(document -> "names the " + key.name() + ", whose stored document " + document.reason()
                        + "; replace it with put")
                .orElse("names the " + key.name() + ", which does not exist");
    }
}
