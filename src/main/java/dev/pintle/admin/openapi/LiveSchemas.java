package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.ws.rs.core.MediaType;

/** The parameter and response of {@code /api/v1/live}. */
final class LiveSchemas {
    private LiveSchemas() {}

    static Components addTo(Components components) {
        return components
                .addParameters(
                        "LiveRoute",
                        OpenApiDocument.query("route", "The id of a route whose traffic each event has in route."))
                .addResponses(
                        "Live",
                        OpenApiDocument.answer(
                                "Server-sent events, one per second, each with one JSON object: traffic and latency"
                                        + " since the event before, circuits that are not closed, targets that are not"
                                        + " healthy, rejected routes, nodes, and faults of the node.",
                                MediaType.SERVER_SENT_EVENTS,
                                new StringSchema()));
    }
}
