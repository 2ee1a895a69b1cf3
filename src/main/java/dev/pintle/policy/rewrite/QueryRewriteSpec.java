package dev.pintle.policy.rewrite;

import dev.pintle.config.Distinct;
import dev.pintle.policy.template.ValidTemplate;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code rewrite.query} settings as the operator wrote them. */
@Schema(description = "Changes parameters of the query. All other parameters keep their bytes and their order.")
public record QueryRewriteSpec(
        @Schema(
                description =
                        "Parameters and the templates of their values, as in `headers`. Replaces parameters with the same name;"
                                + " values are percent-encoded. A template without a value removes the parameter.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 parameters; leave it out to set none")
        @Nullable
        Map<String, @ValidTemplate String> set,

        @Schema(description = "Names of parameters to remove.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to remove none")
        @Distinct
        @Nullable
        List<String> remove) {}
