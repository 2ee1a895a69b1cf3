package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.introspection.PageRequest;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.store.Author;
import dev.pintle.store.CircuitForce;
import dev.pintle.store.CircuitOverride.Scope;
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

/** The circuits of this node, and the operator's hand on those of all nodes. An order is no revision, and ends by itself. */
@Path("/api/v1/circuits")
@Produces(MediaType.APPLICATION_JSON)
public final class CircuitsResource {
    private final ConfigurationSync sync;
    private final OperatorOverrides orders;
    private final TrafficStatus report;

    public CircuitsResource(ConfigurationSync sync, OperatorOverrides orders, TrafficStatus report) {
        this.sync = sync;
        this.orders = orders;
        this.report = report;
    }

    @GET
    @Operation(operationId = "listCircuits", summary = "Every circuit of this node")
    @ApiResponse(responseCode = "200", ref = "Circuits")
    public String list() {
        return report.circuits(PageRequest.ALL).toString();
    }

    @PUT
    @Path("{route}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "forceCircuits",
            summary = "Force the circuits of a route, on every node, for a time",
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
        ForceCircuitRequest force = ForceCircuitRequest.read(json).because(author.reason());
        AuditLogFilter.note(request, force.reason());
        Scope scope = switch (force.state()) {
            case AUTO -> orders.release(route);
            case OPEN -> orders.force(force(author, route, force, true));
            case CLOSED -> orders.force(force(author, route, force, false));
        };
        ObjectNode circuits = report.circuits(route).put("local", scope == Scope.NODE);
        return Responses.ordered(sync.current().revision(), circuits.toString());
    }

    private static CircuitForce force(Author author, String route, ForceCircuitRequest force, boolean open) {
        return new CircuitForce(route, open, force.length(), force.reason(), author.name());
    }
}
