package dev.pintle.upstream.tls;

import org.jspecify.annotations.Nullable;

/**
 * What a route says of trust and identity.
 *
 * @param caBundle the certificates that are trusted, as PEM; null: the machine's trust
 * @param clientCertificate the name of the certificate that upstreams see; null: they see none
 */
public record TlsSettings(
        @Nullable String caBundle, @Nullable String clientCertificate) {
    /** What holds where nothing was said. */
    public static final TlsSettings NONE = new TlsSettings(null, null);
}
