package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;

/** The bodies of maintenance windows. */
final class MaintenanceComponents {
    private MaintenanceComponents() {}

    static Components addTo(Components components) {
        return components
                .addRequestBodies("Maintenance", OpenApiDocument.body(OpenApiDocument.JSON, request()))
                .addResponses(
                        "Maintenance",
                        OpenApiDocument.answer(
                                "The routes that are closed for maintenance on this node.",
                                OpenApiDocument.JSON,
                                windows()));
    }

    private static Schema<?> request() {
        return new ObjectSchema()
                .addProperty("duration", new StringSchema().example("30m").description("At most 30d."))
                .addProperty("reason", new StringSchema().maxLength(500).description("Clients see it as the detail."))
                .addProperty("allow", allow())
                .addRequiredItem("duration");
    }

    private static Schema<?> windows() {
        Schema<?> window = new ObjectSchema()
                .addProperty("route", new StringSchema().description("The id of a route, or * for all."))
                .addProperty("until", new StringSchema().format("date-time"))
                .addProperty("reason", new StringSchema())
                .addProperty("author", new StringSchema())
                .addProperty("allow", allow())
                .addProperty(
                        "local",
                        new BooleanSchema()
                                .description("Whether only this node follows it, until PostgreSQL accepts writes."));
        return new ObjectSchema().addProperty("maintenance", new ArraySchema().items(window));
    }

    private static Schema<?> allow() {
        return new ArraySchema()
                .items(new StringSchema())
                .description("Addresses and CIDR blocks of clients whose requests pass.");
    }
}
