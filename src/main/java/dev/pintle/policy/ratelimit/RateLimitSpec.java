package dev.pintle.policy.ratelimit;

import dev.pintle.config.DurationRange;
import dev.pintle.http.HttpToken;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
                        "The requests that share a bucket: those of the `route`, of each `client`, of each"
                                + " `consumer`, of each value of a header (`header:NAME`), or of each value of a claim of the"
                                + " verified token (`claim:NAME`). A request without consumer, header or claim counts by client.",
                defaultValue = "client")
        @Pattern(
                regexp = "route|client|consumer|header:" + HttpToken.REGEX + "|claim:[\\x21-\\x7e]{1,200}",
                message = "must be route, client, consumer, header:NAME or claim:NAME")
        @Nullable
        String key,

        @Schema(
                description = "The behavior while Redis is unavailable: each node enforces its part (`split`), all"
                        + " requests pass (`allow`), or none passes (`deny`).",
                defaultValue = "split")
        @Nullable
        RedisFailureMode onRedisFailure,

        @Schema(
                description = "Limits of several routes with the same `sharedAs` count together. They should have equal"
                        + " settings; the settings of the route that was written last apply.")
        @Pattern(
                regexp = "[A-Za-z0-9._-]{1,63}",
                message = "must be 1 to 63 letters, digits, dots, hyphens and underscores")
        @Nullable
        String sharedAs,

        @Schema(
                description =
                        "The `requests`, and with them the `burst`, for consumers of a group instead. Of several groups,"
                                + " the one with the most requests applies.")
        @Size(min = 1, max = 16, message = "must have 1 to 16 entries")
        @Nullable
        Map<String, @Min(1) @Max(1_000_000_000) Integer> groups) {
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
        return settings(effectiveName(), permits, burst == null ? permits : burst, sharedAs);
    }

    /** Returns the settings with those of the groups, which have names of their own. */
    LimitPlan plan() {
        Map<String, RateLimitSettings> byGroup = new HashMap<>();
        Objects.requireNonNullElse(groups, Map.<String, Integer>of())
                .forEach((group, permits) -> byGroup.put(
                        group,
                        settings(
                                effectiveName() + '.' + group,
                                permits,
                                permits,
                                sharedAs == null ? null : sharedAs + '.' + group)));
        return new LimitPlan(settings(), byGroup);
    }

    private RateLimitSettings settings(String limit, int permits, int most, @Nullable String scope) {
        return new RateLimitSettings(
                limit,
                permits,
                Objects.requireNonNull(per),
                most,
                LimitKey.parse(Objects.requireNonNull(key)),
                Objects.requireNonNull(onRedisFailure),
                scope);
    }
}
