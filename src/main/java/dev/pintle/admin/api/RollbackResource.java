package dev.pintle.admin.api;

import dev.pintle.config.Configuration;
import dev.pintle.history.Cause;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.PlannedDocument;
import dev.pintle.history.RevertPlan;
import dev.pintle.history.RevisionDetail;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restores and reverts revisions. Each call creates a new revision and leaves the history unchanged. */
@Path(RevisionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class RollbackResource {
    private final PlanValidator validator;
    private final ConfigurationWriter writer;
    private final LintReview lint;

    public RollbackResource(PlanValidator validator, ConfigurationWriter writer, LintReview lint) {
        this.validator = validator;
        this.writer = writer;
        this.lint = lint;
    }

    @POST
    @Path("{number}/restore")
    @ConfigurationWrite
    @Operation(
            operationId = "restoreRevision",
            summary = "Restore the configuration, or some routes, of a revision",
            parameters = {@Parameter(ref = "RestoredRoutes"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Written")
    public Response restore(
            @Context ContainerRequestContext request,
            @PathParam("number") String text,
            @Parameter(hidden = true) @QueryParam("routes") @Nullable String routes)
            throws EditRejectedException, StoreUnavailableException {
        long number = RevisionNumber.inPath(text);
        RestoreScope scope = RestoreScope.of(routes);
        return write(request, Cause.restore(number), (latest, history) -> {
            List<DocumentDelta> since = history.between(number, history.latest());
            return restoringEdits(request, scope.plan(number, since, latest), latest);
        });
    }

    @POST
    @Path("{number}/revert")
    @ConfigurationWrite
    @Operation(
            operationId = "revertRevision",
            summary = "Revert the changes of a revision, and keep later changes",
            parameters = {@Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Written")
    public Response revert(@Context ContainerRequestContext request, @PathParam("number") String text)
            throws EditRejectedException, StoreUnavailableException {
        long number = RevisionNumber.inPath(text);
        return write(request, Cause.revert(number), (latest, history) -> {
            RevisionDetail revision = history.revision(number);
            RevertConflict.refuse(revision.revision(), history.changesAfter(number, RevertConflict.LISTED));
            return restoringEdits(request, RevertPlan.of(revision.changes()), latest);
        });
    }

    private Response write(ContainerRequestContext request, Cause cause, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        return Responses.written(writer.write(WriteContext.of(request).author(), cause, plan));
    }

    private List<Edit> restoringEdits(
            ContainerRequestContext request, List<PlannedDocument> documents, Configuration latest)
            throws EditRejectedException {
        List<Edit> edits = validator.check(documents, List.of(), latest).restoringEdits();
        return lint.review(request, latest, edits);
    }
}
