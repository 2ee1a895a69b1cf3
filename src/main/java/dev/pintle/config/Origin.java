package dev.pintle.config;

/** The place that an effective value comes from, the nearest to the route first. */
public enum Origin {
    ROUTE,
    DEFAULTS,
    BUILT_IN
}
