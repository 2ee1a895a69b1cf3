package dev.pintle.policy.redirect;

import dev.pintle.config.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** The {@code redirect} settings as the operator wrote them. */
@Schema(
        description =
                "Redirects clients to another URL. `timeout`, `retry`, `rewrite` and `circuitBreaker` have no effect on the"
                        + " route.")
public record RedirectSpec(
        @Schema(
                description =
                        "The template of the URL: `https://HOST...`, or `/...` or `{path}...` on the same host. `{host}` is the"
                                + " host that the client asked for, and `{path}` its path as sent; other values are"
                                + " percent-encoded. A request without a value for a variable is answered with 400.")
        @Required(message = "is missing; write the URL, such as https://\\{host\\}\\{path\\}")
        @CodePointLength(max = 2_048, message = "must have at most 2048 characters")
        @RedirectTarget
        @Nullable
        String to,

        @Schema(
                description =
                        "The status: 301, 302, 303, 307 or 308. With 307 and 308 the client keeps method and body; with 301 and"
                                + " 308 it may remember the redirect.",
                defaultValue = "308")
        @Nullable
        Integer status,

        @Schema(description = "Whether the query of the request is appended.", defaultValue = "true") @Nullable
        Boolean keepQuery) {}
