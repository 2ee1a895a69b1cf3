package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** An identity provider as written. */
@Schema(description = "An issuer of JSON Web Tokens, and how its tokens are verified.")
public record IdentityProviderSpec(
        @Schema(description = "The name of the provider.")
        @Required(message = "is missing; name the identity provider")
        @Pattern(
                regexp = RouteIds.SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits and hyphens, and begin with a letter or digit")
        @Nullable
        String id,

        @Schema(description = "A comment for operators.")
        @CodePointLength(max = 1_000, message = "must have at most 1000 characters")
        @Nullable
        String description,

        @Schema(
                description =
                        "The repository that manages the document with `bin/pintle sync --owner`. A batch of another owner"
                                + " neither changes nor removes it.")
        @Pattern(
                regexp = RouteSpec.OWNER_SYNTAX,
                message = "must be 1 to 63 lowercase letters, digits, dots, hyphens, underscores and slashes, and begin"
                        + " with a letter or digit")
        @Nullable
        String owner,

        @Schema(
                description =
                        "The `iss` that tokens must have. Alone, it is also the base URL of OpenID Connect discovery.")
        @Size(min = 1, max = 1_000, message = "must have 1 to 1000 characters")
        @Nullable
        String issuer,

        @Schema(description = "The URL of the key set, instead of discovery.") @Nullable
        String jwksUri,

        @Schema(description = "The key set itself (RFC 7517), instead of discovery: public keys only.") @Nullable
        ObjectNode jwks,

        @Schema(description = "The audiences of which `aud` must contain one; `aud` is not checked when absent.")
        @Size(min = 1, max = 32, message = "must have 1 to 32 entries; leave it out to accept any audience")
        @Nullable
        List<String> audiences,

        @Schema(
                description = "The signature algorithms that are accepted.",
                defaultValue = "[\"RS256\",\"PS256\",\"ES256\",\"EdDSA\"]")
        @Size(min = 1, max = 10, message = "must have 1 to 10 entries")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA",
                                message =
                                        "must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA")
                        String>
                algorithms,

        @Schema(description = "The difference between clocks that is tolerated.", defaultValue = "30s")
        @DurationRange(min = "0s", max = "5m")
        @Nullable
        Duration clockSkew,

        @Schema(description = "The `typ` that tokens must have, such as `at+jwt`; `typ` is not checked when absent.")
        @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Nullable
        String requiredType,

        @Schema(description = "The claim that names the consumer.", defaultValue = "client_id")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Nullable
        String consumerClaim,

        @Schema(description = "The interval at which the key set is fetched again.", defaultValue = "5m")
        @DurationRange(min = "1s", max = "1d")
        @Nullable
        Duration refresh,

        @Schema(
                description = "The time for which known keys remain valid while the provider is unavailable.",
                defaultValue = "24h")
        @DurationRange(min = "0s", max = "30d")
        @Nullable
        Duration staleFor) {}
