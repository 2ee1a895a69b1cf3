package dev.pintle.upstream.outlier;

import dev.pintle.config.DurationRange;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code upstream.outlierDetection} as written. */
@Schema(description = "Ejects a target that fails while other targets of the route succeed.")
public record OutlierDetectionSpec(
        @Schema(description = "The consecutive failures that eject a target.", defaultValue = "5")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer consecutiveFailures,

        @Schema(
                description = "The time that a target is ejected, and the time in which it then regains its share.",
                defaultValue = "30s")
        @DurationRange(min = "1ms", max = "1d")
        @Nullable
        Duration ejectionTime,

        @Schema(
                description = "The most targets of the route that are ejected at once, in percent.",
                defaultValue = "50")
        @Min(0)
        @Max(100)
        @Nullable
        Integer maxEjectionPercent) {
    /** The settings of a spec that has all values. */
    public OutlierDetectionSettings settings() {
        return new OutlierDetectionSettings(
                Objects.requireNonNull(consecutiveFailures),
                Objects.requireNonNull(ejectionTime),
                Objects.requireNonNull(maxEjectionPercent));
    }
}
