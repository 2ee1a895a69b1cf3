package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.auth.NeedsAuditor;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Durations;
import dev.pintle.store.AuditQuery;
import dev.pintle.store.AuditRow;
import dev.pintle.store.AuditStore;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit table: every attempt to write. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private final AuditStore audit;
    private final InstantSource clock;

    public AuditResource(AuditTrail trail, InstantSource clock) {
        this.audit = trail.store();
        this.clock = clock;
    }

    @GET
    @NeedsAuditor
    @Operation(
            operationId = "listAudit",
            summary = "Attempts to write, the latest first",
            parameters = {
                @Parameter(ref = "AuditLimit"),
                @Parameter(ref = "AuditBefore"),
                @Parameter(ref = "Since"),
                @Parameter(ref = "AuditedRoute"),
                @Parameter(ref = "AuditAuthor")
            })
    @ApiResponse(responseCode = "200", ref = "Audit")
    public String list(
            @Parameter(hidden = true) @QueryParam("limit") @Nullable String limit,
            @Parameter(hidden = true) @QueryParam("before") @Nullable String before,
            @Parameter(hidden = true) @QueryParam("since") @Nullable String since,
            @Parameter(hidden = true) @QueryParam("route") @Nullable String route,
            @Parameter(hidden = true) @QueryParam("author") @Nullable String author)
            throws StoreUnavailableException {
        RevisionPage page = RevisionPage.of(limit, before);
        List<AuditRow> found = audit.list(
                new AuditQuery(page.limit() + 1, page.before(), since == null ? null : time(since), author, route));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = json.putArray("entries");
        found.stream().limit(page.limit()).forEach(row -> entries.add(AuditJson.row(row)));
        if (found.size() > page.limit()) {
            json.put("next", found.get(page.limit() - 1).number());
        }
        return json.toString();
    }

    @GET
    @Path("verify")
    @NeedsAuditor
    @Operation(operationId = "verifyAudit", summary = "Whether the audit table is complete and unchanged")
    @ApiResponse(responseCode = "200", ref = "AuditVerdict")
    public String verify() throws StoreUnavailableException {
        return AuditJson.verdict(audit.verify()).toString();
    }

    /** A time, or a duration before now. */
    private Instant time(String text) {
        return Durations.parse(text)
                .flatMap(age -> RequestTime.before(clock.instant(), age))
                .or(() -> RequestTime.parse(text))
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.BAD_REQUEST,
                        "since must be a time such as 2026-11-30T01:00:00Z, or a duration such as 24h."));
    }
}
