package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** One address of an upstream, as written. Weight is its share among its siblings. */
public record TargetSpec(@Nullable String url, @Nullable Integer weight) {}
