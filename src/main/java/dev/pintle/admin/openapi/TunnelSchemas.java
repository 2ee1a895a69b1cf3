package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;

/** The parameters and responses of {@code /api/v1/tunnels}. */
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
                                new ObjectSchema().addProperty("closing", new IntegerSchema())));
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
