package dev.pintle.config;

/**
 * Checks the rules of documents that depend on the defaults or on the node, such as the addresses that requests may reach.
 * The documents may violate other rules, which other checks report. Violations take pointers into the document.
 */
public interface NodeCheck {
    /** Reports the violations of a route. */
    void checkRoute(Specs route, Specs defaults, Violations violations);

    /** Reports the violations of the defaults, without the routes that they apply to. */
    void checkDefaults(Specs defaults, Violations violations);

    /** Reports the violations of a document that routes refer to. */
    void checkEntity(Record spec, Violations violations);
}
