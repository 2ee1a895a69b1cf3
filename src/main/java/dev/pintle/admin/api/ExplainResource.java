package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.auth.ReadOnly;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Keywords;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.Origin;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.policy.ratelimit.LimitLevel;
import dev.pintle.routing.explain.AccessReport;
import dev.pintle.routing.explain.Explainer;
import dev.pintle.routing.explain.Explanation;
import dev.pintle.routing.explain.Explanation.Step;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Explains how this node would handle a request, without sending it. */
@Path("/api/v1/explain")
@Produces(MediaType.APPLICATION_JSON)
public final class ExplainResource {
    private final Explainer explainer;
    private final TrafficStatus traffic;

    public ExplainResource(Explainer explainer, TrafficStatus traffic) {
        this.explainer = explainer;
        this.traffic = traffic;
    }

    @POST
    @ReadOnly
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "explain",
            summary = "Explain which route matches a request, why the others do not, and whether the request may enter")
    @ApiResponse(responseCode = "200", ref = "Explanation")
    public String explain(@RequestBody(ref = "Explain") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException {
        ExplainRequest explainRequest = ExplainRequest.read(JsonRequestBody.read(body));
        return json(explainer.explain(explainRequest.request(), explainRequest.client()))
                .toString();
    }

    private ObjectNode json(Explanation explanation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("route", explanation.route())
                .put("path", explanation.path());
        if (explanation.refusal() != null) {
            json.put("refused", explanation.refusal());
        }
        ArrayNode nonMatching = json.putArray("nonMatching");
        explanation
                .nonMatching()
                .forEach(route ->
                        nonMatching.addObject().put("route", route.route()).put("failed", route.failed()));
        ArrayNode shadowed = json.putArray("shadowedRoutes");
        explanation.shadowedRoutes().forEach(shadowed::add);
        ArrayNode policies = json.putArray("policies");
        explanation.policies().forEach(step -> policies.add(json(step)));
        AccessReport access = explanation.access();
        if (explanation.route() != null && access != null) {
            json.set("access", AccessJson.of(access));
            json.set("now", now(explanation.route(), access.limits()));
        }
        return json;
    }

    private static ObjectNode json(Step step) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", step.name());
        json.set("values", step.values());
        json.put("origin", Keywords.of(mostSpecific(step.origins())));
        ObjectNode origins = json.putObject("origins");
        step.origins().forEach((name, origin) -> origins.put(name, Keywords.of(origin)));
        return json;
    }

    /** The most specific origin of a value. */
    private static Origin mostSpecific(Map<String, Origin> origins) {
        return origins.values().stream().min(Comparator.naturalOrder()).orElse(Origin.BUILT_IN);
    }

    /** The current state of circuits and rate limits. */
    private ObjectNode now(String route, List<LimitLevel> levels) {
        ObjectNode now = JsonNodeFactory.instance.objectNode();
        JsonNode upstream = traffic.circuits(route);
        now.set("circuits", upstream.path("circuits"));
        now.set("targets", upstream.path("targets"));
        now.set("discovery", upstream.path("discovery"));
        if (!levels.isEmpty()) {
            ArrayNode limits = now.putArray("limits");
            levels.forEach(limit -> limits.addObject()
                    .put("name", limit.limit())
                    .put("key", limit.key())
                    .put("left", limit.level().left())
                    .put("burst", limit.level().burst()));
        }
        return now;
    }
}
