package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.policy.ratelimit.BucketLevel;
import dev.pintle.policy.ratelimit.RateLimiterRegistry;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.OperatorOverrides;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What clients have left of the rate limit of a route, and a way to give one its whole burst again. */
@Path("/api/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
public final class LimitsResource {
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final ConfigurationSync sync;
    private final OperatorOverrides orders;
    private final RateLimiterRegistry rateLimits;

    public LimitsResource(ConfigurationSync sync, OperatorOverrides orders, RateLimiterRegistry rateLimits) {
        this.sync = sync;
        this.orders = orders;
        this.rateLimits = rateLimits;
    }

    @GET
    @Path("{route}")
    @Operation(
            operationId = "getLevel",
            summary = "What a client has left",
            parameters = {@Parameter(ref = "Client")})
    @ApiResponse(responseCode = "200", ref = "Level")
    public String level(
            @PathParam("route") String route, @Parameter(hidden = true) @QueryParam("client") @Nullable String client) {
        BucketLevel level = rateLimits.level(route, named(route, client));
        if (level == null) {
            throw noLimit(route);
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("route", route)
                .put("left", level.left())
                .put("burst", level.burst())
                .put("nextInSeconds", level.untilNext().toMillis() / MILLIS);
        return json.toString();
    }

    @DELETE
    @Path("{route}")
    @Operation(
            operationId = "resetLevel",
            summary = "Give a client its whole burst again, on every node",
            parameters = {@Parameter(ref = "Client"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "204", description = "It is full.")
    public Response reset(
            @Context ContainerRequestContext request,
            @PathParam("route") String route,
            @Parameter(hidden = true) @QueryParam("client") @Nullable String client)
            throws StoreUnavailableException {
        String bucket = rateLimits.bucket(route, named(route, client));
        if (bucket == null) {
            throw noLimit(route);
        }
        orders.reset(route, bucket, WriteContext.of(request).author().name());
        return Responses.ordered(sync.current().revision());
    }

    /** The client that is asked for; a limit of the whole route needs none. */
    private String named(String route, @Nullable String client) {
        Responses.require(sync.current(), route);
        if (client != null && !client.isBlank()) {
            return client.strip();
        }
        if (rateLimits.isOfWholeRoute(route)) {
            return "";
        }
        throw new ApiException(
                ApiErrorCode.BAD_REQUEST,
                "Say whose level is meant: ?client= with the client's address, or with the value of the header that the"
                        + " limit goes by.");
    }

    private static ApiException noLimit(String route) {
        return new ApiException(ApiErrorCode.NOT_FOUND, "Route \"" + route + "\" has no rate limit, or does not run.");
    }
}
