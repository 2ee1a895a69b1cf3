package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.upstream.UpstreamRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The open connections of this node to upstreams. */
@Path("/api/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
public final class ConnectionsResource {
    private final UpstreamRegistry upstreams;

    public ConnectionsResource(UpstreamRegistry upstreams) {
        this.upstreams = upstreams;
    }

    @GET
    @Operation(
            operationId = "listConnections",
            summary =
                    "The open connections of this node to upstreams, and the requests and WebSockets on them, by target")
    @ApiResponse(responseCode = "200", ref = "Connections")
    public String list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("connections");
        upstreams.connections().forEach(usage -> put(usage, array.addObject()));
        return json.toString();
    }

    private static void put(ConnectionUsage usage, ObjectNode json) {
        json.put("target", usage.target())
                .put("protocol", usage.protocol())
                .put("open", usage.connections())
                .put("streams", usage.streams());
    }
}
