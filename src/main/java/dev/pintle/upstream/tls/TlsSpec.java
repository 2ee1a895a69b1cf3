package dev.pintle.upstream.tls;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code upstream.tls} as written. A client certificate is named here and kept in config.yml. */
@Schema(description = "TLS towards the targets that begin with `https`.")
public record TlsSpec(
        @Schema(
                description =
                        "Certificates as PEM, up to 256 KiB. The route trusts them alone; the system's trust store"
                                + " applies when absent.")
        @CertificateBundle
        @Nullable
        String caBundle,

        @Schema(
                description =
                        "The name that the certificate must have, which is also sent (SNI); the URL's host when absent.")
        @ServerName
        @Nullable
        String serverName,

        @Schema(description = "The name of one of the `clientCertificates` in config.yml.")
        @Pattern(
                regexp = "[A-Za-z0-9._-]{1,63}",
                message = "must be the name of one of the clientCertificates in config.yml: up to 63 letters, digits,"
                        + " dots, hyphens and underscores")
        @Nullable
        String clientCertificate) {}
