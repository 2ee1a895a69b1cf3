package dev.pintle.admin.openapi;

import dev.pintle.telemetry.ConnectionUsage;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** The parameters and responses of {@code /api/v1/tunnels} and {@code /api/v1/connections}. */
final class TunnelSchemas {
    private TunnelSchemas() {}

    static Components addTo(Components components) {
        return components
                .addParameters(
                        "TunnelRoute", OpenApiDocument.query("route", "The id of a route; by default all" + " routes."))
                .addParameters(
                        "TunnelLimit",
                        OpenApiDocument.query("limit", "The maximum number of tunnels; by default" + " 1000."))
                .addParameters(
                        "TunnelAfter",
                        OpenApiDocument.query("after", "The id of the tunnel after which to begin: an answer's next."))
                .addResponses(
                        "Tunnels",
                        OpenApiDocument.answer("The open WebSockets of this node.", OpenApiDocument.JSON, tunnels()))
                .addResponses(
                        "ClosingTunnels",
                        OpenApiDocument.answer(
                                "The number of WebSockets that are closing.",
                                OpenApiDocument.JSON,
                                new ObjectSchema().addProperty("closing", new IntegerSchema())))
                .addResponses(
                        "Connections",
                        OpenApiDocument.answer(
                                "The open connections of this node to upstreams.",
                                OpenApiDocument.JSON,
                                connections()));
    }

    private static Schema<?> connections() {
        Schema<?> usage = new ObjectSchema()
                .addProperty("target", new StringSchema().description("Its scheme, host and port."))
                .addProperty(
                        "protocol", new StringSchema()._enum(List.of(ConnectionUsage.HTTP1, ConnectionUsage.HTTP2)))
                .addProperty("open", new IntegerSchema().description("Idle ones included."))
                .addProperty(
                        "streams", new IntegerSchema().description("Requests and WebSockets in progress on them."));
        return new ObjectSchema().addProperty("connections", new ArraySchema().items(usage));
    }

    private static Schema<?> tunnels() {
        Schema<?> tunnel = new ObjectSchema();
        for (String member : new String[] {"id", "route", "client", "target", "traceId", "since", "idle"}) {
            tunnel.addProperty(member, new StringSchema());
        }
        for (String member : new String[] {"bytesIn", "bytesOut"}) {
            tunnel.addProperty(member, new IntegerSchema().format("int64"));
        }
        return new ObjectSchema()
                .addProperty("tunnels", new ArraySchema().items(tunnel))
                .addProperty("next", IntrospectionSchemas.next());
    }
}
