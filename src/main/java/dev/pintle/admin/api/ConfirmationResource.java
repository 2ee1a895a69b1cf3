package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionState;
import dev.pintle.store.HistoryReader;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ConfigurationSync;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Confirms a revision that waits for it. */
@Path(RevisionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class ConfirmationResource {
    private final ConfigurationSync sync;
    private final HistoryStore history;

    public ConfirmationResource(ConfigurationSync sync, HistoryStore history) {
        this.sync = sync;
        this.history = history;
    }

    @POST
    @Path("{number}/confirm")
    @Operation(operationId = "confirmRevision", summary = "Keep a revision that was written with Pintle-Confirm")
    @ApiResponse(responseCode = "200", ref = "Confirmed")
    public Response confirm(@PathParam("number") String text) throws StoreUnavailableException {
        long number = RevisionNumber.inPath(text);
        if (!sync.confirm(number)) {
            throw new ApiException(ApiErrorCode.NOT_PENDING, history.read(reader -> whyNot(reader, number)));
        }
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", number)
                .put("state", RevisionState.LIVE.word())
                .toString();
        return Response.ok(json).header(Responses.REVISION, number).build();
    }

    private static String whyNot(HistoryReader reader, long number) {
        RevisionState state = reader.revision(number).revision().state();
        return reader.revertOf(number)
                .filter(revert -> state == RevisionState.REVERTED)
                .map(revert -> reverted(number, revert))
                .orElse("Revision " + number
                        + " waits for no confirmation: it is confirmed, or was written without "
                        + WriteContext.CONFIRM + '.');
    }

    private static String reverted(long number, Revision revert) {
        return "Revision " + number + " cannot be confirmed: revision " + revert.number() + " by " + revert.author()
                + " reverted it at " + revert.at()
                + (revert.reason() == null ? "" : " (" + revert.reason() + ')')
                + ". Write the change again, or revert revision " + revert.number() + '.';
    }
}
