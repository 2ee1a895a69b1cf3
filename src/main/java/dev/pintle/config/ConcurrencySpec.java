package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** How many requests a route takes at once, as written. */
public record ConcurrencySpec(@Nullable Integer maxInFlight) {}
