package dev.pintle.admin.openapi;

import static dev.pintle.admin.openapi.OpenApiDocument.JSON;
import static dev.pintle.admin.openapi.OpenApiDocument.answer;
import static dev.pintle.admin.openapi.OpenApiDocument.query;

import dev.pintle.store.AuditEntry.Outcome;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI components of the audit table. */
final class AuditSchemas {
    private AuditSchemas() {}

    static Components addTo(Components components) {
        return components
                .addParameters("AuditLimit", query("limit", "The maximum number of entries, 1 to 500; by default 50."))
                .addParameters(
                        "AuditBefore",
                        query("before", "Only entries below this number: the value of next in" + " a response."))
                .addParameters("Since", query("since", "Only entries since this time, or for this duration: 24h."))
                .addParameters("AuditedRoute", query("route", "Only attempts that changed or named this route."))
                .addParameters("AuditAuthor", query("author", "Only attempts by this author."))
                .addResponses("Audit", answer("Attempts to write, the latest first.", JSON, entries()))
                .addResponses("AuditVerdict", answer("Whether the table is intact.", JSON, verdict()));
    }

    private static Schema<?> entries() {
        List<String> outcomes = Stream.of(Outcome.values()).map(Outcome::word).toList();
        Schema<?> entry = new ObjectSchema().addProperty("number", number());
        entry.addProperty("at", new StringSchema().format("date-time"));
        for (String member : List.of("author", "role", "peer", "traceId", "method", "path", "query")) {
            entry.addProperty(member, new StringSchema());
        }
        entry.addProperty("outcome", new StringSchema()._enum(outcomes))
                .addProperty("status", new IntegerSchema().description("Absent when the attempt succeeded."))
                .addProperty("code", new StringSchema().description("The code of the problem."))
                .addProperty("revision", number().description("The revision that the attempt made."))
                .addProperty("routes", new ArraySchema().items(new StringSchema()))
                .addProperty("reason", new StringSchema())
                .addProperty("hash", new StringSchema());
        return new ObjectSchema()
                .addProperty("entries", new ArraySchema().items(entry))
                .addProperty(
                        "next",
                        number().description("The parameter before of the next page; absent on the" + " last page."));
    }

    private static Schema<?> verdict() {
        return new ObjectSchema()
                .addProperty("intact", new BooleanSchema())
                .addProperty("entries", number())
                .addProperty("firstBroken", number().nullable(true).description("Null when the table is intact."))
                .addProperty("hash", new StringSchema().description("The hash of the last entry."));
    }

    private static Schema<?> number() {
        return new IntegerSchema().format("int64");
    }
}
