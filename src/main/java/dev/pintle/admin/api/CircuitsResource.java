package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.introspection.PageRequest;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.store.Author;
import dev.pintle.store.CircuitForce;
import dev.pintle.store.OverrideScope;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.OperatorOverrides;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
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

/**
 * Shows the circuits of this node, and forces the circuits of a route on all nodes. An override creates no revision and
 * expires.
 */
@Path("/api/v1/circuits")
@Produces(MediaType.APPLICATION_JSON)
public final class CircuitsResource {
    private final ConfigurationSync sync;
    private final OperatorOverrides overrides;
    private final TrafficStatus traffic;

    public CircuitsResource(ConfigurationSync sync, OperatorOverrides overrides, TrafficStatus traffic) {
        this.sync = sync;
        this.overrides = overrides;
        this.traffic = traffic;
    }

    @GET
    @Operation(operationId = "listCircuits", summary = "List the circuits of this node")
    @ApiResponse(responseCode = "200", ref = "Circuits")
    public String list() {
        return traffic.circuits(PageRequest.ALL).toString();
    }

    @GET
    @Path("{route}")
    @Operation(operationId = "getCircuits", summary = "Get the circuits and targets of a route on this node")
    @ApiResponse(responseCode = "200", ref = "Circuits")
    public String get(@PathParam("route") String route) {
        return traffic.circuits(route).toString();
    }

    @PUT
    @Path("{route}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "forceCircuits",
            summary = "Force the circuits of a route on every node for a limited time",
            parameters = {@Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Circuits")
    public Response force(
            @Context ContainerRequestContext request,
            @PathParam("route") String route,
            @RequestBody(ref = "Force") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException {
        JsonNode json = JsonRequestBody.read(body);
        Author author = WriteContext.of(request).author();
        Responses.require(sync.current(), route);
        ForceCircuitRequest force = ForceCircuitRequest.read(json).withReason(author.reason());
        AuditLogFilter.storeReason(request, force.reason());
        OverrideScope scope = switch (force.state()) {
            case AUTO -> overrides.release(route);
            case OPEN -> overrides.force(force(author, route, force, true));
            case CLOSED -> overrides.force(force(author, route, force, false));
        };
        ObjectNode circuits = traffic.circuits(route).put("local", scope == OverrideScope.NODE);
        return Responses.ordered(sync.current().revision(), circuits.toString());
    }

    private static CircuitForce force(Author author, String route, ForceCircuitRequest force, boolean open) {
        return new CircuitForce(route, open, force.duration(), force.reason(), author.name());
    }
}
