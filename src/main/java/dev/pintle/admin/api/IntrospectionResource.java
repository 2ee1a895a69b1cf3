package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.introspection.IntrospectionResponse;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.introspection.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Serves introspection on the admin port. */
@Path("/")
public final class IntrospectionResource {
    private final NodeStatus nodeStatus;

    public IntrospectionResource(NodeStatus nodeStatus) {
        this.nodeStatus = nodeStatus;
    }

    @GET
    @Path("__health")
    @Operation(operationId = "health", summary = "Get the health of this node; needs no token")
    @ApiResponse(responseCode = "200", ref = "Health")
    public Response health() {
        return response(nodeStatus.health());
    }

    @GET
    @Path("__ready")
    @Operation(operationId = "ready", summary = "Get the readiness of this node; needs no token")
    @ApiResponse(responseCode = "200", ref = "Word")
    @ApiResponse(responseCode = "503", ref = "Word")
    public Response ready() {
        return response(nodeStatus.ready());
    }

    @GET
    @Path("__routes")
    @Operation(
            operationId = "nodeRoutes",
            summary = "List the active routes of this node, by id",
            parameters = {@Parameter(ref = "Limit"), @Parameter(ref = "After")})
    @ApiResponse(responseCode = "200", ref = "NodeRoutes")
    public Response routes(@Context UriInfo uri) {
        return response(nodeStatus.routes(page(uri)));
    }

    @GET
    @Path("__circuit")
    @Operation(
            operationId = "nodeCircuits",
            summary = "List the circuits of this node, by route and target",
            parameters = {@Parameter(ref = "Limit"), @Parameter(ref = "After")})
    @ApiResponse(responseCode = "200", ref = "Circuits")
    public Response circuits(@Context UriInfo uri) {
        return response(nodeStatus.circuits(page(uri)));
    }

    @GET
    @Path("__limits")
    @Operation(
            operationId = "nodeLimits",
            summary = "List the limits of this node by route, and the clients with the fewest remaining requests",
            parameters = {@Parameter(ref = "Limit"), @Parameter(ref = "After")})
    @ApiResponse(responseCode = "200", ref = "Limits")
    public Response limits(@Context UriInfo uri) {
        return response(nodeStatus.limits(page(uri)));
    }

    @GET
    @Path("__metrics")
    @Operation(
            operationId = "metrics",
            summary = "Get the metrics as Prometheus text, or as OpenMetrics if the" + " client accepts it")
    @ApiResponse(responseCode = "200", ref = "Metrics")
    public Response metrics(@Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        return response(nodeStatus.metrics(accept));
    }

    private static PageRequest page(UriInfo uri) {
        try {
            return PageRequest.of(uri.getRequestUri().getRawQuery());
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static Response response(IntrospectionResponse page) {
        return Response.status(page.status())
                .header(HttpHeaders.CONTENT_TYPE, page.mediaType())
                .entity(page.content())
                .build();
    }
}
