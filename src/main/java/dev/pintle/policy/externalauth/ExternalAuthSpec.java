package dev.pintle.policy.externalauth;

import dev.pintle.config.Distinct;
import dev.pintle.config.DurationRange;
import dev.pintle.config.Required;
import dev.pintle.http.HttpToken;
import dev.pintle.policy.headers.EditableHeader;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code externalAuth} settings as the operator wrote them. */
@Schema(
        description =
                "Asks an authorization service about each request, as Authelia, oauth2-proxy and Traefik's forwardAuth do. The"
                        + " gateway sends `GET` with `X-Forwarded-Method`, `-Uri`, `-Proto`, `-Host` and `-For`. A 2xx answer admits"
                        + " the request. 3xx, 401 and 403 go to the client. Any other answer, and none in time, is a failure.")
public record ExternalAuthSpec(
        @Schema(
                description =
                        "The URL of the service: `http` or `https`, a host, and optionally a port, a path and a query. The egress"
                                + " policy applies.")
        @Required(message = "is missing; write the URL of the service, such as http://auth:9000/verify")
        @Pattern(
                regexp = ExternalAuthSpec.URL,
                message = "must be a URL such as http://auth:9000/verify, percent-encoded, without user and fragment")
        @Nullable
        String url,

        @Schema(
                description =
                        "The time for the connection, and again for the response head. The body of a refusal has it too.",
                defaultValue = "500ms")
        @DurationRange(min = "1ms", max = "1m")
        @Nullable
        Duration timeout,

        @Schema(
                description = "Headers of the client that the service receives.",
                defaultValue = "[\"Authorization\", \"Cookie\"]")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out for Authorization and Cookie")
        @Distinct
        @Nullable
        List<@EditableHeader String> requestHeaders,

        @Schema(
                description =
                        "Headers of a 2xx answer that the upstream receives. The client's own headers with these names are removed,"
                                + " so a client can never supply them.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to forward none")
        @Distinct
        @Nullable
        List<@EditableHeader String> upstreamHeaders,

        @Schema(
                description =
                        "Headers of the answer that the client receives: of a 2xx answer with the response, of a refusal in"
                                + " addition to `Location`, `WWW-Authenticate`, `Set-Cookie`, `Content-Type` and `Content-Encoding`.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to send none")
        @Distinct
        @Nullable
        List<@EditableHeader String> clientHeaders,

        @Schema(
                description = "`deny` answers a failure with 503 `identity-unavailable`. `allow` admits the request.",
                defaultValue = "deny")
        @Nullable
        FailureAction onFailure,

        @Schema(
                description =
                        "The time for which an answer of 2xx, 401 or 403 holds for requests with the same `cacheKey`, on this node."
                                + " Failures, redirects, and answers with `Set-Cookie` are not cached. `0s`: the service decides about"
                                + " each request.",
                defaultValue = "0s")
        @DurationRange(min = "0s", max = "1h")
        @Nullable
        Duration cacheFor,

        @Schema(
                description =
                        "The parts of a request that the answer depends on: `header:NAME`, `cookie:NAME`, `client`, `host`, `method`,"
                                + " `path`. A request without any of its headers and cookies is not cached.",
                defaultValue = "[\"header:Authorization\"]")
        @Size(min = 1, max = 16, message = "must have 1 to 16 entries; leave it out for header:Authorization")
        @Distinct
        @Nullable
        List<
                        @Pattern(
                                regexp = "(header|cookie):" + HttpToken.REGEX + "|client|host|method|path",
                                message = "must be header:NAME, cookie:NAME, client, host, method or path")
                        String>
                cacheKey) {
    static final String URL = "(?<server>https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?)"
            + "(?<path>/[A-Za-z0-9/!$&'()*+,;=:@._~%-]*)?(?:\\?(?<query>[A-Za-z0-9/?!$&'()*+,;=:@._~%-]*))?";

    /** Whether a part of the cache key can identify a client. */
    static boolean isCredential(String part) {
        return part.startsWith("header:") || part.startsWith("cookie:");
    }
}
