package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** The OpenAPI schemas of introspection. */
final class IntrospectionSchemas {
    private IntrospectionSchemas() {}

    static Schema<?> word() {
        return new ObjectSchema()
                .addProperty("status", words("up", "degraded", "starting", "ready", "rejecting", "stopping"));
    }

    static Schema<?> health() {
        Schema<?> config = new ObjectSchema()
                .addProperty("revision", number())
                .addProperty("ageSeconds", number())
                .addProperty("source", source());
        return new ObjectSchema()
                .addProperty("status", words("up", "degraded"))
                .addProperty(
                        "reasons", new ArraySchema().items(new StringSchema()).description("Only when degraded."))
                .addProperty("database", words("up", "read-only", "down"))
                .addProperty("redis", words("up", "down").description("Absent without Redis."))
                .addProperty("config", config)
                .addProperty("rejected", rejected().description("Up to 100 routes; absent without any."));
    }

    static Schema<?> routes() {
        Schema<?> route = new ObjectSchema()
                .addProperty("id", new StringSchema())
                .addProperty("match", new ObjectSchema().description("As written."))
                .addProperty(
                        "policies", new ArraySchema().items(new StringSchema()).description("Outermost first."));
        return new ObjectSchema()
                .addProperty("revision", number())
                .addProperty("source", source())
                .addProperty("routes", new ArraySchema().items(route))
                .addProperty("rejected", rejected())
                .addProperty("next", next());
    }

    private static Schema<?> rejected() {
        return new ArraySchema()
                .items(new ObjectSchema()
                        .addProperty("id", new StringSchema())
                        .addProperty("reason", new StringSchema()));
    }

    static Schema<?> limits() {
        Schema<?> limit = new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("name", new StringSchema())
                .addProperty("requests", number())
                .addProperty("per", new StringSchema().example("1m"))
                .addProperty("key", new StringSchema())
                .addProperty("allowed", number())
                .addProperty("refused", number());
        Schema<?> depleted = new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("limit", new StringSchema().description("The name of the rate limit."))
                .addProperty("key", new StringSchema())
                .addProperty("left", new NumberSchema())
                .addProperty("burst", number());
        Schema<?> concurrency = new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("inUse", number())
                .addProperty("maxInFlight", number());
        return new ObjectSchema()
                .addProperty("mode", words("redis", "local", "split"))
                .addProperty("limits", new ArraySchema().items(limit))
                .addProperty("depleted", new ArraySchema().items(depleted))
                .addProperty("concurrency", new ArraySchema().items(concurrency))
                .addProperty("next", next());
    }

    static Schema<?> next() {
        return new StringSchema().description("The parameter after of the next page; absent on the last page.");
    }

    private static Schema<?> source() {
        return words("database", "snapshot", "peer", "none");
    }

    private static Schema<?> number() {
        return new IntegerSchema().format("int64");
    }

    private static Schema<?> words(String... all) {
        return new StringSchema()._enum(List.of(all));
    }
}
