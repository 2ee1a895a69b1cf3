package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** What becomes of path and host, as written. */
public record RewriteSpec(
        @Nullable Boolean stripPrefix,
        @Nullable String prefix,
        @Nullable Boolean preserveHost) {}
