package dev.pintle.policy.headers;

import dev.pintle.policy.template.ValidTemplate;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The edits of one direction as written. */
@Schema(description = "Edits of the headers of one direction: first `remove`, then `set`, then `add`.")
public record HeaderEditsSpec(
        @Schema(
                description =
                        "Headers and the templates of their values. Replaces headers with the same name. A template without a"
                                + " value removes the header.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 headers; leave it out to set none")
        @Nullable
        Map<@EditableHeader String, @ValidTemplate String> set,

        @Schema(
                description =
                        "Headers and the templates of their values, in addition to headers with the same name. A template"
                                + " without a value adds nothing.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 headers; leave it out to add none")
        @Nullable
        Map<@EditableHeader String, @ValidTemplate String> add,

        @Schema(description = "Headers to remove. `-` and `_` are the same here.")
        @Size(min = 1, max = 64, message = "must have 1 to 64 names; leave it out to remove none")
        @Nullable
        List<@EditableHeader String> remove) {}
