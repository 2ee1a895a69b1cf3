package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.introspection.PageRequest;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.store.Author;
import dev.pintle.store.CircuitOverride;
import dev.pintle.store.StoreUnavailableException;
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
import java.time.InstantSource;

/** The circuits of this node, and the operator's hand on those of all nodes. An order is no revision, and ends by itself. */
@Path("/api/v1/circuits")
@Produces(MediaType.APPLICATION_JSON)
public final class CircuitsResource {
    private final ConfigurationSync sync;
    private final OperatorOverrides orders;
    private final TrafficStatus report;
    private final InstantSource clock;

    public CircuitsResource(
            ConfigurationSync sync, OperatorOverrides orders, TrafficStatus report, InstantSource clock) {
        this.sync = sync;
        this.orders = orders;
        this.report = report;
        this.clock = clock;
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
            throws MalformedJsonException, IOException, InvalidSpecException, StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        Author author = WriteContext.of(request).author();
        Responses.require(sync.current(), route);
        ForceCircuitRequest force = ForceCircuitRequest.read(json).because(author.reason());
        AuditLogFilter.note(request, force.reason());
        switch (force.state()) {
            case AUTO -> orders.takeBack(route);
            case OPEN -> orders.give(order(author, route, force, true));
            case CLOSED -> orders.give(order(author, route, force, false));
        }
        return Responses.ordered(
                sync.current().revision(), report.circuits(route).toString());
    }

    private CircuitOverride order(Author author, String route, ForceCircuitRequest force, boolean open) {
        return new CircuitOverride(route, open, clock.instant().plus(force.length()), force.reason(), author.name());
    }
}
