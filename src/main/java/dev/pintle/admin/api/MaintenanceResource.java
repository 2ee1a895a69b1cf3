package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.store.Author;
import dev.pintle.store.MaintenanceRequest;
import dev.pintle.store.MaintenanceWindow;
import dev.pintle.store.OverrideScope;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.OperatorOverrides;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Closes routes for a time, on every node. A maintenance window is an override: it creates no revision, and it expires. */
@Path("/api/v1/maintenance")
@Produces(MediaType.APPLICATION_JSON)
public final class MaintenanceResource {
    private final ConfigurationSync sync;
    private final OperatorOverrides overrides;

    public MaintenanceResource(ConfigurationSync sync, OperatorOverrides overrides) {
        this.sync = sync;
        this.overrides = overrides;
    }

    @GET
    @Operation(operationId = "listMaintenance", summary = "Routes that are closed for maintenance")
    @ApiResponse(responseCode = "200", ref = "Maintenance")
    public String list() {
        return json();
    }

    @PUT
    @Path("{route}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "beginMaintenance",
            summary = "Close a route, or all routes with *, on every node, for a time",
            parameters = {@Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Maintenance")
    public Response begin(
            @Context ContainerRequestContext request,
            @PathParam("route") String route,
            @RequestBody(ref = "Maintenance") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException {
        MaintenanceBody read = MaintenanceBody.read(JsonRequestBody.read(body));
        requireRoute(route);
        Author author = WriteContext.of(request).author();
        String reason = read.reason().isEmpty() ? Objects.requireNonNullElse(author.reason(), "") : read.reason();
        AuditLogFilter.storeReason(request, reason);
        overrides.begin(new MaintenanceRequest(route, read.duration(), read.allow(), reason, author.name()));
        return Responses.ordered(sync.current().revision(), json());
    }

    @DELETE
    @Path("{route}")
    @Operation(
            operationId = "endMaintenance",
            summary = "Open a route that is closed for maintenance",
            parameters = {@Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "204", description = "The route has no maintenance window of its own.")
    @ApiResponse(
            responseCode = "202",
            description =
                    "This node has no maintenance window of the route. PostgreSQL is unavailable; the other nodes follow when"
                            + " it accepts writes.")
    public Response end(@PathParam("route") String route) {
        requireRoute(route);
        OverrideScope scope = overrides.endMaintenance(route);
        Response ordered = Responses.ordered(sync.current().revision());
        return scope == OverrideScope.NODE
                ? Response.fromResponse(ordered)
                        .status(Response.Status.ACCEPTED)
                        .build()
                : ordered;
    }

    private void requireRoute(String route) {
        if (!route.equals(MaintenanceWindow.ALL)) {
            Responses.require(sync.current(), route);
        }
    }

    private String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode windows = json.putArray("maintenance");
        for (MaintenanceWindow window : overrides.maintenance()) {
            ObjectNode entry = windows.addObject()
                    .put("route", window.route())
                    .put("until", window.until().toString())
                    .put("reason", window.reason())
                    .put("author", window.author())
                    .put("local", window.scope() == OverrideScope.NODE);
            window.allow().forEach(entry.putArray("allow")::add);
        }
        return json.toString();
    }
}
