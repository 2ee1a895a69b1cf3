package dev.pintle.policy.authentication;

import dev.pintle.config.Distinct;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code authentication.clientCertificate} as written. */
@Schema(
        description =
                "The owners of client certificates that pass. One name of the certificate must be listed. Without this key, every"
                        + " certificate of the connector's `clientAuthorities` passes.")
public record ClientCertificateSpec(
        @Schema(description = "DNS names of certificates; `*.svc.example.org` for all names below one.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to list none")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp =
                                        "(\\*\\.)?[0-9a-z_]([0-9a-z_-]*[0-9a-z])?(\\.[0-9a-z_]([0-9a-z_-]*[0-9a-z])?)*",
                                message = "must be a DNS name in lower case, or *. and a DNS name")
                        String>
                dns,

        @Schema(
                description =
                        "URIs of certificates, such as `spiffe://example.org/billing`; `*` at the end for all below one.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 URIs; leave it out to list none")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "[a-z][0-9a-z+.-]*:[!-)+-~]+(/\\*)?",
                                message =
                                        "must be a URI such as spiffe://example.org/billing, with * only at the end, after a slash")
                        String>
                uri) {
    static final ClientCertificateSpec ANY = new ClientCertificateSpec(null, null);
}
