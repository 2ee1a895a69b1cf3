package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Validates documents completely: the rules of the document and those that depend on the defaults and the node. All
 * writes of routes use this class. Immutable.
 *
 * @param defaults that apply to the routes
 */
public record DocumentValidator(DocumentReader reader, RouteCheck check, Specs defaults) {
    /** Returns a validator with other defaults. */
    public DocumentValidator withDefaults(Specs other) {
        return new DocumentValidator(reader, check, other);
    }

    /**
     * Reads a route document.
     *
     * @throws InvalidSpecException with all violations
     */
    public RouteDocument route(JsonNode json) throws InvalidSpecException {
        return reader.route(json, (route, violations) -> check.check(route, defaults, violations));
    }

    /**
     * Reads a defaults document. It does not check the existing routes.
     *
     * @throws InvalidSpecException with all violations
     */
    public DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        return reader.defaults(json);
    }
}
