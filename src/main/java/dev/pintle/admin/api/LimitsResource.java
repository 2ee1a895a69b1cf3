package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.policy.ratelimit.BucketLevel;
import dev.pintle.policy.ratelimit.ClientBuckets;
import dev.pintle.policy.ratelimit.LimitLevel;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows and resets the remaining requests of a client in the rate limits of a route. */
@Path("/api/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
public final class LimitsResource {
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final ConfigurationSync sync;
    private final OperatorOverrides overrides;
    private final RateLimiterRegistry rateLimits;

    public LimitsResource(ConfigurationSync sync, OperatorOverrides overrides, RateLimiterRegistry rateLimits) {
        this.sync = sync;
        this.overrides = overrides;
        this.rateLimits = rateLimits;
    }

    @GET
    @Path("{route}")
    @Operation(
            operationId = "getLevels",
            summary = "Get the remaining requests of a client in each rate limit of a route",
            parameters = {@Parameter(ref = "Client")})
    @ApiResponse(responseCode = "200", ref = "Levels")
    public String levels(
            @PathParam("route") String route, @Parameter(hidden = true) @QueryParam("client") @Nullable String client) {
        requireLimit(route);
        List<LimitLevel> levels = rateLimits.levels(route, nonEmpty(client));
        if (levels.isEmpty()) {
            throw unknownClient();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("route", route);
        ArrayNode limits = json.putArray("limits");
        levels.forEach(level -> put(level, limits.addObject()));
        return json.toString();
    }

    private static void put(LimitLevel limit, ObjectNode json) {
        BucketLevel level = limit.level();
        json.put("name", limit.limit())
                .put("key", limit.key())
                .put("left", level.left())
                .put("burst", level.burst())
                .put("nextInSeconds", level.untilNext().toMillis() / MILLIS);
    }

    @DELETE
    @Path("{route}")
    @Operation(
            operationId = "resetLevels",
            summary = "Fill a client's bucket in each rate limit of a route, on every node",
            parameters = {@Parameter(ref = "Client"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "204", description = "The buckets are full.")
    public Response reset(
            @Context ContainerRequestContext request,
            @PathParam("route") String route,
            @Parameter(hidden = true) @QueryParam("client") @Nullable String client)
            throws StoreUnavailableException {
        requireLimit(route);
        ClientBuckets buckets = rateLimits.buckets(route, nonEmpty(client));
        if (buckets.isEmpty()) {
            throw unknownClient();
        }
        overrides.reset(
                route, buckets.toString(), WriteContext.of(request).author().name());
        return Responses.ordered(sync.current().revision());
    }

    private void requireLimit(String route) {
        Responses.require(sync.current(), route);
        if (!rateLimits.isLimited(route)) {
            throw new ApiException(
                    ApiErrorCode.NOT_FOUND, "Route \"" + route + "\" has no active rate limit on this node.");
        }
    }

    private static @Nullable String nonEmpty(@Nullable String client) {
        return client == null || client.isBlank() ? null : client.strip();
    }

    private static ApiException unknownClient() {
        return new ApiException(
                ApiErrorCode.BAD_REQUEST,
                "No rate limit of the route has a bucket for this client. Add ?client= with the address of the"
                        + " client, or with the value of the header that is the key of a limit.");
    }
}
