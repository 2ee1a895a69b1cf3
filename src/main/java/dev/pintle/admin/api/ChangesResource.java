package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.history.Batch;
import dev.pintle.history.BatchPlan;
import dev.pintle.history.Cause;
import dev.pintle.history.ConfigurationComparison;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.Ownership;
import dev.pintle.history.SettingLayers;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.PlanPreview;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies a list of edits as one revision, or none of them. */
@Path("/api/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
public final class ChangesResource {
    private static final int MAX_BODY = 16 << 20;

    private final ConfigurationWriter writer;
    private final PlanValidator validator;
    private final SettingLayers layers;
    private final LintReview lint;

    public ChangesResource(ConfigurationWriter writer, PlanValidator validator, SettingLayers layers, LintReview lint) {
        this.writer = writer;
        this.validator = validator;
        this.layers = layers;
        this.lint = lint;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "change",
            summary = "Apply many edits as one revision, or none of them",
            parameters = {@Parameter(ref = "DryRun"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Changed")
    public Response change(
            @Context ContainerRequestContext request,
            @Parameter(hidden = true) @QueryParam("dryRun") @Nullable String dryRun,
            @RequestBody(ref = "Changes") InputStream body)
            throws MalformedJsonException, InvalidSpecException, IOException, EditRejectedException,
                    StoreUnavailableException {
        Batch batch = Batch.read(JsonRequestBody.read(body, MAX_BODY));
        Author author = WriteContext.of(request).author();
        EditPlan plan = (latest, history) -> lint.review(request, latest, edits(batch, latest));
        return BooleanParameter.of("dryRun", dryRun)
                ? preview(request, plan)
                : Responses.written(writer.write(author, Cause.BATCH, plan));
    }

    private List<Edit> edits(Batch batch, Configuration latest) throws EditRejectedException {
        if (batch.ifRevision() != null && batch.ifRevision() != latest.revision()) {
            throw new EditRejectedException(
                    Reason.PRECONDITION,
                    "",
                    "The configuration is at revision " + latest.revision() + ", not at " + batch.ifRevision()
                            + " as ifRevision requires; read it again and repeat the edits.");
        }
        BatchPlan plan = BatchPlan.of(batch, latest, MergePatch::apply);
        if (batch.owner() == null) {
            return validator.check(plan.documents(), plan.violations(), latest).edits();
        }
        OwnedElsewhere.refuse(batch.owner(), plan.documents(), latest);
        return validator
                .check(Ownership.claimed(batch.owner(), plan.documents()), plan.violations(), latest)
                .edits();
    }

    private Response preview(ContainerRequestContext request, EditPlan plan)
            throws EditRejectedException, StoreUnavailableException {
        PlanPreview preview = writer.preview(plan);
        ConfigurationDocuments before = ConfigurationDocuments.of(preview.latest());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("from", preview.latest().revision());
        HistoryJson.add(ConfigurationComparison.of(before, preview.changes(), layers), json);
        json.set("lint", LintReview.findings(request));
        return Responses.ordered(preview.latest().revision(), json.toString());
    }
}
