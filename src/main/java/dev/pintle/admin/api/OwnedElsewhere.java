package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.Configuration;
import dev.pintle.history.Ownership;
import dev.pintle.history.PlannedDocument;
import java.util.List;
import java.util.SortedMap;

/** Refuses a batch of one owner that edits the routes of another. */
final class OwnedElsewhere {
    private OwnedElsewhere() {}

    /** @throws ApiException with 409 and the routes, when there are any */
    static void refuse(String owner, List<PlannedDocument> documents, Configuration latest) {
        SortedMap<String, String> elsewhere = Ownership.elsewhere(owner, documents, latest);
        if (elsewhere.isEmpty()) {
            return;
        }
        ArrayNode routes = JsonNodeFactory.instance.arrayNode();
        elsewhere.forEach((route, other) -> routes.addObject().put("id", route).put("owner", other));
        throw new ApiException(ApiProblem.withMember(
                ApiErrorCode.OWNED_ELSEWHERE,
                "\"" + owner + "\" does not own " + elsewhere.size() + " of the routes, such as \""
                        + elsewhere.firstKey() + "\" of \"" + elsewhere.get(elsewhere.firstKey())
                        + "\"; nothing was written. Edit them in the repository of their owner, or change their owner first.",
                "routes",
                routes));
    }
}
