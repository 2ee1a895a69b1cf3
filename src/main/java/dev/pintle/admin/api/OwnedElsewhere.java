package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.history.Ownership;
import dev.pintle.history.PlannedDocument;
import java.util.List;
import java.util.Map;

/** Refuses a batch of one owner that edits the documents of another. */
final class OwnedElsewhere {
    private OwnedElsewhere() {}

    /** @throws ApiException with 409 and the documents, when there are any */
    static void refuse(String owner, List<PlannedDocument> documents, Configuration latest) {
        Map<DocumentKey, String> elsewhere = Ownership.elsewhere(owner, documents, latest);
        if (elsewhere.isEmpty()) {
            return;
        }
        ArrayNode owned = JsonNodeFactory.instance.arrayNode();
        elsewhere.forEach((key, other) ->
                owned.addObject().put("kind", key.kind()).put("id", key.id()).put("owner", other));
        Map.Entry<DocumentKey, String> first = elsewhere.entrySet().iterator().next();
        throw new ApiException(ApiProblem.withMember(
                ApiErrorCode.OWNED_ELSEWHERE,
                "\"" + owner + "\" does not own " + elsewhere.size() + " of the documents, such as "
                        + first.getKey().name() + " of \"" + first.getValue()
                        + "\"; nothing was written. Edit them in the repository of their owner, or change their owner first.",
                "documents",
                owned));
    }
}
