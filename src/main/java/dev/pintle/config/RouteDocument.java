package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A route that keeps every rule: the JSON exactly as it was written, and what it says. What was written is what is kept.
 *
 * @param json the document, {@code id} included; never changed
 */
public record RouteDocument(String id, ObjectNode json, RouteSpec spec) {
    /**
     * Reads a route that carries its id.
     *
     * @throws InvalidSpecException with every fault of the document
     */
    public static RouteDocument read(JsonNode json) throws InvalidSpecException {
        SpecReader reader = new SpecReader();
        RouteSpec spec = reader.read(json, "", RouteSpec.class);
        List<Violation> violations = new ArrayList<>(reader.violations());
        if (spec != null) {
            violations.addAll(RouteValidator.check(spec, violations));
        }
        if (violations.isEmpty() && spec != null && spec.id() != null && json instanceof ObjectNode object) {
            return new RouteDocument(spec.id(), object, spec);
        }
        throw new InvalidSpecException(violations);
    }

    /** Which requests the route takes, in one comparable text. */
    public String canonicalMatch() {
        MatchSpec match = spec.match();
        return match == null ? "" : match.canonical();
    }
}
