package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Reads and validates documents against a schema; reports all violations of a document in one pass. Safe for all threads. */
final class DocumentReader {
    private final DocumentSchema schema;

    DocumentReader(DocumentSchema schema) {
        this.schema = schema;
    }

    DocumentSchema schema() {
        return schema;
    }

    /**
     * Reads a route document and applies further rules.
     *
     * @param rules report violations of the settings, which may be invalid in the document
     * @throws InvalidSpecException with all violations of the document and of the rules
     */
    RouteDocument route(JsonNode json, BiConsumer<Specs, Violations> rules) throws InvalidSpecException {
        ParsedDocument<RouteSpec> parsed = ParsedDocument.of(json, RouteSpec.class, schema.ofRoutes());
        RouteSpec spec = parsed.head();
        if (spec != null) {
            schema.requireOutcome(json, parsed.violations());
            identity(spec, parsed.violations());
        }
        Violations further = new Violations();
        rules.accept(parsed.settings(), further);
        parsed.violations().addAllAtOtherPointers(further.found());
        ObjectNode kept = kept(json, parsed.violations());
        String id = Objects.requireNonNull(Objects.requireNonNull(spec).id());
        return new RouteDocument(id, kept, spec, parsed.settings());
    }

    /**
     * Reads a defaults document.
     *
     * @throws InvalidSpecException with all violations of the document
     */
    DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        record NoKeys() {}
        ParsedDocument<NoKeys> parsed = ParsedDocument.of(json, NoKeys.class, schema.layered());
        return new DefaultsDocument(kept(json, parsed.violations()), parsed.settings());
    }

    private static void identity(RouteSpec spec, Violations violations) {
        if (spec.id() != null && RouteIds.RESERVED.contains(spec.id())) {
            violations.add("/id", "is reserved for the admin API; choose another id than " + spec.id());
        }
        if (spec.match() != null) {
            MatchRules.validate(spec.match(), violations.at("/match"));
        }
    }

    private static ObjectNode kept(JsonNode json, Violations violations) throws InvalidSpecException {
        List<Violation> found = violations.found();
        if (!found.isEmpty()) {
            throw new InvalidSpecException(found);
        }
        return JsonNulls.withoutNulls((ObjectNode) json);
    }
}
