package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Durations;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.tunnel.TunnelEnd;
import dev.pintle.tunnel.TunnelFacts;
import dev.pintle.tunnel.TunnelStatus;
import dev.pintle.tunnel.WebSocketTunnel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The open WebSockets of this node. */
@Path("/api/v1/tunnels")
@Produces(MediaType.APPLICATION_JSON)
public final class TunnelsResource {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,8}");

    private final OpenTunnels tunnels;

    public TunnelsResource(OpenTunnels tunnels) {
        this.tunnels = tunnels;
    }

    @GET
    @Operation(
            operationId = "listTunnels",
            summary = "The open WebSockets of this node, the oldest first",
            parameters = {
                @Parameter(ref = "TunnelRoute"),
                @Parameter(ref = "TunnelLimit"),
                @Parameter(ref = "TunnelAfter")
            })
    @ApiResponse(responseCode = "200", ref = "Tunnels")
    public String list(
            @Parameter(hidden = true) @QueryParam("route") @Nullable String route,
            @Parameter(hidden = true) @QueryParam("limit") @DefaultValue("1000") String limit,
            @Parameter(hidden = true) @QueryParam("after") @DefaultValue("0") String after) {
        int most = Integer.parseInt(matching(LIMIT, limit, "limit is the number of tunnels to show, 1 or more."));
        long first = Long.parseLong(matching(ID, after, "after is the id of a tunnel: the next of another answer."));
        List<WebSocketTunnel> open = tunnels.list(ofRoute(route), first);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("tunnels");
        open.stream().limit(most).forEach(tunnel -> put(tunnel.status(), array.addObject()));
        if (open.size() > most) {
            json.put("next", Long.toString(open.get(most - 1).facts().id()));
        }
        return json.toString();
    }

    @DELETE
    @Operation(
            operationId = "closeTunnels",
            summary = "Close the open WebSockets of this node with the code 1001",
            parameters = {@Parameter(ref = "TunnelRoute"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "202", ref = "ClosingTunnels")
    public Response close(@Parameter(hidden = true) @QueryParam("route") @Nullable String route) {
        int closing = tunnels.goAway(ofRoute(route), TunnelEnd.OPERATOR);
        return Response.accepted(JsonNodeFactory.instance
                        .objectNode()
                        .put("closing", closing)
                        .toString())
                .build();
    }

    private static Predicate<TunnelFacts> ofRoute(@Nullable String route) {
        return route == null ? any -> true : tunnel -> tunnel.route().equals(route);
    }

    private static String matching(Pattern form, String value, String rule) {
        if (!form.matcher(value).matches()) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, rule);
        }
        return value;
    }

    private static void put(TunnelStatus status, ObjectNode json) {
        TunnelFacts facts = status.facts();
        json.put("id", Long.toString(facts.id()))
                .put("route", facts.route())
                .put("client", facts.client())
                .put("target", facts.target())
                .put("traceId", facts.traceId())
                .put("since", facts.since().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("bytesIn", status.bytesIn())
                .put("bytesOut", status.bytesOut())
                .put("idle", Durations.format(Duration.ofMillis(status.idle().toMillis())));
    }
}
