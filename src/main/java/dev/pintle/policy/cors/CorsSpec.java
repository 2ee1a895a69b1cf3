package dev.pintle.policy.cors;

import dev.pintle.config.Distinct;
import dev.pintle.config.DurationRange;
import dev.pintle.config.HttpMethodName;
import dev.pintle.config.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cors} as written. */
@Schema(
        description =
                "Lets web pages of other origins read responses. The gateway answers preflights itself with 204, and replaces"
                        + " the `Access-Control-*` headers of the upstream. A preflight is matched as the method that it asks for."
                        + " Pages can also read the problems of the gateway, such as 401, 429 and 502.")
public record CorsSpec(
        @Schema(
                description =
                        "Origins of the pages: `https://app.example.com`, `https://*.example.org` for all names below one, or"
                                + " `*` alone for all. Scheme and port must be the same. Other pages get no `Access-Control-*`"
                                + " header.")
        @Required(message = "is missing; list the origins of the pages, such as https://app.example.com")
        @Size(min = 1, max = 256, message = "must have 1 to 256 origins")
        @Distinct
        @Nullable
        List<@CorsOrigin String> origins,

        @Schema(description = "Methods that pages may use.", defaultValue = "[\"GET\", \"HEAD\", \"POST\"]")
        @Size(min = 1, max = 64, message = "must have 1 to 64 methods")
        @Distinct
        @Nullable
        List<@HttpMethodName String> methods,

        @Schema(
                description =
                        "Request headers that pages may set, in addition to those that browsers always allow, such as `Accept`.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to list none")
        @Distinct
        @Nullable
        List<@ListedHeader String> headers,

        @Schema(
                description =
                        "Response headers that pages may read, in addition to those that browsers always allow, such as"
                                + " `Content-Type`.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to list none")
        @Distinct
        @Nullable
        List<@ListedHeader String> expose,

        @Schema(
                description = "Whether pages may send cookies and client certificates. Not with `*` in `origins`.",
                defaultValue = "false")
        @Nullable
        Boolean credentials,

        @Schema(description = "The time for which a browser may keep the answer to a preflight.", defaultValue = "10m")
        @DurationRange(min = "0s", max = "1d")
        @Nullable
        Duration maxAge) {}
