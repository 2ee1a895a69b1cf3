package dev.pintle.policy.ratelimit;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of the {@code rateLimits} as the operator wrote it. */
@Schema(description = "One limit.")
public record RateLimitSpec(
        @Schema(
                description = "The name of the limit in responses, metrics and the admin API; derived from the key when"
                        + " absent: `route`, `client`, or `header-name`. Each name occurs once.")
        @Pattern(
                regexp = "[A-Za-z0-9._-]{1,63}",
                message = "must be 1 to 63 letters, digits, dots, hyphens and underscores")
        @Nullable
        String name,

        @Schema(description = "The requests that the bucket gains in each period.", defaultValue = "100")
        @Min(1)
        @Max(1_000_000_000)
        @Nullable
        Integer requests,

        @Schema(description = "The period.", defaultValue = "1m") @DurationRange(min = "1ms", max = "366d") @Nullable
        Duration per,

        @Schema(description = "The requests that a full bucket holds; as many as `requests` when absent.")
        @Min(1)
        @Max(1_000_000_000)
        @Nullable
        Integer burst,

        @Schema(
                description =
                        "The requests that share a bucket: those of the `route`, of each `client`, or of each value"
                                + " of a header (`header:NAME`).",
                defaultValue = "client")
        @Pattern(
                regexp = "route|client|header:[!#$%&'*+.^_`|~0-9A-Za-z-]+",
                message = "must be route, client or header:NAME")
        @Nullable
        String key,

        @Schema(
                description = "The behavior while Redis is unavailable: each node enforces its part (`split`), all"
                        + " requests pass (`allow`), or none passes (`deny`).",
                defaultValue = "split")
        @Nullable
        RedisFailureMode onRedisFailure) {
    private static final int MAX_NAME_LENGTH = 63;

    /** Returns the configured name, or one that derives from the key. */
    String effectiveName() {
        if (name != null) {
            return name;
        }
        String derived = Objects.requireNonNullElse(key, ClientLimitKey.TEXT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-");
        return derived.substring(0, Math.min(MAX_NAME_LENGTH, derived.length()));
    }

    /** Returns the settings of a spec with all values; an absent burst equals the requests. */
    RateLimitSettings settings() {
        int permits = Objects.requireNonNull(requests);
        return new RateLimitSettings(
                effectiveName(),
                permits,
                Objects.requireNonNull(per),
                burst == null ? permits : burst,
                LimitKey.parse(Objects.requireNonNull(key)),
                Objects.requireNonNull(onRedisFailure));
    }
}
