package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Validates documents completely: the rules of the document and those that depend on the defaults and the node. All
 * writes of routes use this class.
 *
 * @param documents reads the documents
 * @param defaults that apply to the routes
 * @param names that the documents may refer to
 */
public record DocumentValidator(DocumentCache documents, NodeCheck check, Specs defaults, KnownNames names) {
    /** Returns a validator with other defaults. */
    public DocumentValidator withDefaults(Specs other) {
        return new DocumentValidator(documents, check, other, names);
    }

    /** Returns a validator that knows other names. */
    public DocumentValidator withNames(KnownNames other) {
        return new DocumentValidator(documents, check, defaults, other);
    }

    /**
     * Reads a route document.
     *
     * @throws InvalidSpecException with all violations
     */
    public RouteDocument route(JsonNode json) throws InvalidSpecException {
        return documents.route(json, (route, violations) -> {
            check.checkRoute(route, defaults, violations);
            violations.addAll("", unknownNames(route));
        });
    }

    /**
     * Reads a defaults document. It does not check the existing routes.
     *
     * @throws InvalidSpecException with all violations
     */
    public DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        DefaultsDocument document = documents.defaults(json);
        Violations violations = new Violations();
        check.checkDefaults(document.settings(), violations);
        violations.addAll("", unknownNames(document.settings()));
        requireNone(violations);
        return document;
    }

    /**
     * Reads a document that routes refer to.
     *
     * @throws InvalidSpecException with all violations
     */
    public EntityDocument entity(EntityKind kind, JsonNode json) throws InvalidSpecException {
        EntityDocument document = documents.entity(kind, json);
        Violations violations = new Violations();
        check.checkEntity(document.spec(), violations);
        requireNone(violations);
        return document;
    }

    private static void requireNone(Violations violations) throws InvalidSpecException {
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
    }

    private List<Violation> unknownNames(Specs settings) {
        return settings.references().stream()
                .filter(reference -> !names.contains(reference))
                .map(Reference::violation)
                .toList();
    }
}
