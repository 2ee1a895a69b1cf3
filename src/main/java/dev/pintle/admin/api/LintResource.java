package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.sync.ConfigurationSync;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Lists the findings of the lint about the active configuration. */
@Path("/api/v1/lint")
@Produces(MediaType.APPLICATION_JSON)
public final class LintResource {
    private final ConfigurationSync sync;
    private final LintReview lint;

    public LintResource(ConfigurationSync sync, LintReview lint) {
        this.sync = sync;
        this.lint = lint;
    }

    @GET
    @Operation(operationId = "lint", summary = "List the findings of the lint about valid but risky routes")
    @ApiResponse(responseCode = "200", ref = "Lint")
    public Response lint() {
        Configuration current = sync.current();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", current.revision());
        json.set("lint", lint.all(current));
        return Responses.ordered(current.revision(), json.toString());
    }
}
