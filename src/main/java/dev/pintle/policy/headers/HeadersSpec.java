package dev.pintle.policy.headers;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/** {@code headers} as written. */
@Schema(
        description =
                "Edits the headers of the request that the upstream receives, and of the response that the client receives."
                        + " Values are templates with `{client.address}`, `{route.id}`, `{trace.id}`, `{host}`, `{path}`, `{path.NAME}` of `match.template`,"
                        + " `{consumer.id}`, `{claim.NAME}`, `{header.NAME}` and `{query.NAME}`, which read the request; `{{` is a brace. A value with control"
                        + " characters or more than 8 KiB counts as absent.")
public record HeadersSpec(
        @Valid @Nullable HeaderEditsSpec request,
        @Valid @Nullable HeaderEditsSpec response) {}
