package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;

/** The OpenAPI schemas of requests and responses other than specs. */
final class ResponseSchemas {
    private ResponseSchemas() {}

    static Schema<?> routes() {
        return new ObjectSchema()
                .addProperty("revision", new IntegerSchema().format("int64"))
                .addProperty("routes", new ArraySchema().items(new Schema<>().$ref("Route")));
    }

    static Schema<?> violations() {
        Schema<?> violation = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("A JSON pointer into the document."))
                .addProperty("message", new StringSchema());
        return new ObjectSchema()
                .addProperty("violations", new ArraySchema().items(violation))
                .addProperty("lint", LintSchemas.findings());
    }

    /** RFC 9457. */
    static Schema<?> problem() {
        Schema<?> problem = violations();
        for (String member : new String[] {"type", "title", "detail", "code", "traceId", "route"}) {
            problem.addProperty(member, new StringSchema());
        }
        Schema<?> owned = new ObjectSchema();
        for (String member : new String[] {"kind", "id", "owner"}) {
            owned.addProperty(member, new StringSchema());
        }
        return problem.addProperty("status", new IntegerSchema())
                .addProperty("changes", HistorySchemas.laterChanges())
                .addProperty(
                        "routes",
                        new ArraySchema()
                                .items(new StringSchema())
                                .description("With in-use: the ids of the routes that refer to the document."))
                .addProperty(
                        "nodes",
                        new ArraySchema()
                                .items(new StringSchema())
                                .description("With fleet-too-old: the names and versions of the nodes."))
                .addProperty(
                        "documents",
                        new ArraySchema()
                                .items(owned)
                                .description("With owned-elsewhere: the documents that another owner manages."));
    }

    static Schema<?> circuits() {
        Schema<?> forced = new ObjectSchema();
        for (String member : new String[] {"state", "until", "reason"}) {
            forced.addProperty(member, new StringSchema());
        }
        forced.addProperty(
                "local",
                new BooleanSchema()
                        .description(
                                "Whether the override applies to this node" + " only, until PostgreSQL stores it."));
        Schema<?> circuit = new ObjectSchema();
        for (String member : new String[] {"route", "target", "state", "since", "retryAt"}) {
            circuit.addProperty(member, new StringSchema());
        }
        circuit.addProperty("failures", new IntegerSchema())
                .addProperty("lastFailure", lastFailure())
                .addProperty("forced", forced);
        return new ObjectSchema()
                .addProperty("circuits", new ArraySchema().items(circuit))
                .addProperty(
                        "local",
                        new BooleanSchema()
                                .description("In the response to a PUT: whether the override"
                                        + " applies to this node only."))
                .addProperty("targets", new ArraySchema().items(target()))
                .addProperty("discovery", new ArraySchema().items(discovery()))
                .addProperty("next", IntrospectionSchemas.next());
    }

    /** A target that health checks or outlier detection look after. */
    private static Schema<?> target() {
        Schema<?> target = new ObjectSchema();
        for (String member : new String[] {"route", "target", "since", "retryAt"}) {
            target.addProperty(member, new StringSchema());
        }
        return target.addProperty("state", new StringSchema()._enum(List.of("healthy", "unhealthy", "ejected")))
                .addProperty("lastFailure", lastFailure());
    }

    /** The targets that DNS names for a route. */
    private static Schema<?> discovery() {
        Schema<?> discovery = new ObjectSchema();
        for (String member : new String[] {"route", "dns", "type", "answeredAt"}) {
            discovery.addProperty(member, new StringSchema());
        }
        return discovery
                .addProperty("targets", new ArraySchema().items(new StringSchema()))
                .addProperty("fault", new StringSchema().description("Why the latest lookup has no effect."));
    }

    private static Schema<?> lastFailure() {
        return new ObjectSchema().addProperty("reason", new StringSchema()).addProperty("at", new StringSchema());
    }

    static Schema<?> force() {
        Schema<?> force = new ObjectSchema().required(List.of("state"));
        return force.addProperty("state", new StringSchema()._enum(List.of("open", "closed", "auto")))
                .addProperty("duration", new StringSchema().example("10m"))
                .addProperty("reason", new StringSchema());
    }

    static Schema<?> explain() {
        Schema<?> explain = new ObjectSchema().required(List.of("method", "url"));
        return explain.addProperty("method", new StringSchema())
                .addProperty("url", new StringSchema().example("/users/1?v=2"))
                .addProperty("headers", new ObjectSchema())
                .addProperty("clientAddress", new StringSchema())
                .addProperty("clientCertificate", new StringSchema().description("The client's certificate in PEM."));
    }

    static Schema<?> explanation() {
        Schema<?> miss = new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("failed", new StringSchema().description("path, host, method, header:NAME or query:NAME"));
        Schema<?> step = new ObjectSchema()
                .addProperty("name", new StringSchema())
                .addProperty("values", new ObjectSchema())
                .addProperty("origin", new StringSchema()._enum(List.of("route", "defaults", "built-in")))
                .addProperty("origins", new ObjectSchema());
        return new ObjectSchema()
                .addProperty("route", new StringSchema().nullable(true).description("Null when no route matches."))
                .addProperty(
                        "path",
                        new StringSchema()
                                .nullable(true)
                                .description("The path that the upstream would receive; null when no route matches."))
                .addProperty(
                        "refused",
                        new StringSchema()
                                .description("The reason why the gateway would reject the request, whatever its"
                                        + " credentials."))
                .addProperty("nonMatching", new ArraySchema().items(miss))
                .addProperty("shadowedRoutes", new ArraySchema().items(new StringSchema()))
                .addProperty("access", access())
                .addProperty("policies", new ArraySchema().items(step))
                .addProperty("now", new ObjectSchema().description("The state of circuits and rate limits."));
    }

    private static Schema<?> access() {
        Schema<?> step = new ObjectSchema()
                .addProperty("policy", new StringSchema())
                .addProperty("decision", new StringSchema()._enum(List.of("passes", "refuses", "undecided")))
                .addProperty("code", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema());
        Schema<?> identity = new ObjectSchema()
                .addProperty(
                        "credential",
                        new StringSchema()
                                ._enum(List.of("verified", "decoded"))
                                .description("Certificates are only decoded; other credentials are verified."))
                .addProperty("consumer", new StringSchema())
                .addProperty("groups", new ArraySchema().items(new StringSchema()))
                .addProperty("claims", new ObjectSchema());
        return new ObjectSchema()
                .description("The decisions about the credentials and the address of the request.")
                .addProperty("steps", new ArraySchema().items(step))
                .addProperty("identity", identity);
    }

    static Schema<?> levels() {
        Schema<?> level = new ObjectSchema()
                .addProperty("name", new StringSchema())
                .addProperty("key", new StringSchema())
                .addProperty("left", new IntegerSchema())
                .addProperty("burst", new IntegerSchema())
                .addProperty("nextInSeconds", new NumberSchema());
        return new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("limits", new ArraySchema().items(level));
    }
}
