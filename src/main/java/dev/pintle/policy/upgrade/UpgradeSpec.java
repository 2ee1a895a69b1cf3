package dev.pintle.policy.upgrade;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pintle.config.Distinct;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code upgrade} as written. */
@Schema(
        description =
                "The protocols that a client may switch to with `Upgrade`. `[]` admits none: the gateway then drops the"
                        + " header and answers an ordinary response. An invalid handshake is answered with 400 `bad-request`.")
public record UpgradeSpec(
        @Schema(description = "`websocket` is the only known protocol.", defaultValue = "[\"websocket\"]")
        @JsonValue
        @Distinct
        @Nullable
        List<UpgradeProtocol> upgrade) {}
