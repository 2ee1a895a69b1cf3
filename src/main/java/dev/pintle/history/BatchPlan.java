package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                case BatchEdit.Put(var pointer, var id, var route) -> documents.add(route(pointer, id, route));
                case BatchEdit.Defaults(var pointer, var defaults) ->
                    documents.add(
                            new PlannedDocument(pointer, "", DocumentDelta.DEFAULTS, DocumentDelta.DEFAULTS, defaults));
                case BatchEdit.Patch(var pointer, var id, var merge)
                when latest.routes().containsKey(id) -> {
                    JsonNode stored =
                            Objects.requireNonNull(latest.routes().get(id)).json();
                    documents.add(route(pointer + "/merge", id, mergePatch.apply(stored, merge)));
                }
                case BatchEdit.Patch patch ->
                    violations.add(new Violation(patch.pointer() + "/id", absent(patch.id(), latest)));
                case BatchEdit.Delete(var pointer, var id)
                when latest.hasRoute(id) -> documents.add(route(pointer, id, null));
                case BatchEdit.Delete delete ->
                    violations.add(new Violation(delete.pointer(), absent(delete.id(), latest)));
            }
        }
        return new BatchPlan(documents, violations);
    }

    private static PlannedDocument route(String pointer, String id, @Nullable JsonNode json) {
        return new PlannedDocument(pointer, "", DocumentDelta.ROUTE, id, json);
    }

    private static String absent(String id, Configuration latest) {
        return latest.unreadableRoute(id)
                .map(document -> "names the route \"" + id + "\", whose stored document " + document.reason()
                        + "; replace it with put")
                .orElse("names the route \"" + id + "\", which does not exist");
    }
}
