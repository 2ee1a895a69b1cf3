package dev.pintle.config;

import org.jspecify.annotations.Nullable;

/** How the https targets of a route are spoken to, as written. A client certificate is named here and kept in config.yml. */
public record TlsSpec(
        @Nullable String caBundle,
        @Nullable String serverName,
        @Nullable String clientCertificate) {}
