package dev.pintle.policy.authentication;

import dev.pintle.config.Distinct;
import dev.pintle.config.RouteIds;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code authentication} as written. */
@Schema(
        description =
                "Verifies the identity of clients. Whatever credential a request presents must be valid, even where"
                        + " authentication is optional. Refusals are 401 `unauthenticated`, `token-expired` or"
                        + " `credentials-invalid`; 503 `identity-unavailable` while the keys of an identity provider are not known;"
                        + " 429 `rate-limited` after many wrong passwords or API keys.")
public record AuthenticationSpec(
        @Schema(
                description =
                        "The methods, one of which must succeed: `jwt:PROVIDER` for a token in `Authorization: Bearer`,"
                                + " `apiKey`, `basic` for the password of a consumer, and `clientCertificate` for a certificate that"
                                + " a connector verified.")
        @Size(min = 1, max = 8, message = "must have 1 to 8 entries, such as [\"jwt:main\"]")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "jwt:" + RouteIds.SYNTAX + "|apiKey|basic|clientCertificate",
                                message = "must be jwt:PROVIDER, apiKey, basic or clientCertificate")
                        String>
                anyOf,

        @Schema(description = "Whether requests without a credential pass.", defaultValue = "false") @Nullable
        Boolean optional,

        @Schema(description = "Where API keys are.") @Valid @Nullable
        ApiKeySpec apiKey,

        @Schema(description = "Which client certificates pass.") @Valid @Nullable
        ClientCertificateSpec clientCertificate,

        @Schema(
                description =
                        "Whether the upstream receives the credential; only tokens when absent. A client certificate"
                                + " is in `Client-Cert` (RFC 9440).")
        @Nullable
        Boolean forwardCredentials) {}
