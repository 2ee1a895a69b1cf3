package dev.pintle.upstream.tls;

import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a route.
 *
 * @param caBundle the trusted certificates as PEM; null: the system trust store
 * @param clientCertificate the name of the client certificate; null: none
 */
public record TlsSettings(
        @Nullable String caBundle, @Nullable String clientCertificate) {
    /** The default settings. */
    public static final TlsSettings NONE = new TlsSettings(null, null);
}
