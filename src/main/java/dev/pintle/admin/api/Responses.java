package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.WriteResult;
import dev.pintle.store.WriteResult.Outcome;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** Creates responses with a document, whose entity tag is the revision that wrote it. */
public final class Responses {
    public static final String REVISION = "Pintle-Revision";

    private Responses() {}

    /**
     * Responds with a document, or with 304 if the client already has it.
     *
     * @param revision the revision of the whole configuration
     */
    static Response document(Request request, long revision, long tag, JsonNode json) {
        EntityTag entityTag = new EntityTag(Long.toString(tag));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(entityTag);
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(json.toString()) : unchanged;
        return answer.tag(entityTag).header(REVISION, revision).build();
    }

    /** Responds with a written document. */
    static Response.ResponseBuilder written(WriteResult written, VersionedDocument stored) {
        Status status = written.outcomes().getFirst() == Outcome.CREATED ? Status.CREATED : Status.OK;
        return Response.status(status)
                .entity(stored.json().toString())
                .tag(Long.toString(stored.revision()))
                .header(REVISION, written.revision());
    }

    /** Responds with the changes of a committed plan. */
    static Response written(CommittedPlan written) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", written.revision());
        json.set("changes", HistoryJson.written(written.changes()));
        return Response.ok(json.toString()).header(REVISION, written.revision()).build();
    }

    /** Returns the route that a request names. */
    static VersionedDocument require(Configuration current, String id) {
        VersionedDocument stored = current.routes().get(id);
        if (stored == null) {
            throw new ApiException(ApiErrorCode.NOT_FOUND, absence(current, id));
        }
        return stored;
    }

    private static String absence(Configuration current, String id) {
        return current.unreadableRoute(id)
                .map(document -> "The stored document of route \"" + id + "\" " + document.reason()
                        + ". Replace it with PUT, or remove it with DELETE.")
                .orElse("No route has the id \"" + id + "\".");
    }

    /** Responds to a stored override, which creates no revision. */
    static Response ordered(long revision, String json) {
        return Response.ok(json).header(REVISION, revision).build();
    }

    /** Responds without content to a stored override. */
    static Response ordered(long revision) {
        return Response.noContent().header(REVISION, revision).build();
    }

    static Response deleted(WriteResult written) {
        return Response.noContent().header(REVISION, written.revision()).build();
    }
}
