package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads documents and applies every rule: those of the document itself, and those that depend on the defaults and the node.
 * Every way to write a route leads through this class. Immutable.
 *
 * @param defaults that apply to the routes
 */
public record DocumentValidator(DocumentReader reader, RouteCheck check, Specs defaults) {
    /** The same validator under other defaults. */
    public DocumentValidator withDefaults(Specs other) {
        return new DocumentValidator(reader, check, other);
    }

    /**
     * Reads a route that has its id.
     *
     * @throws InvalidSpecException with all violations
     */
    public RouteDocument route(JsonNode json) throws InvalidSpecException {
        return reader.route(json, (route, violations) -> check.check(route, defaults, violations));
    }

    /**
     * Reads defaults. The routes that exist are not considered.
     *
     * @throws InvalidSpecException with all violations
     */
    public DefaultsDocument defaults(JsonNode json) throws InvalidSpecException {
        return reader.defaults(json);
    }
}
