package dev.pintle.config;

/** The layer that an effective value comes from, the one with the highest precedence first. */
public enum Origin {
    ROUTE,
    DEFAULTS,
    BUILT_IN
}
