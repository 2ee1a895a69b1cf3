package dev.pintle.upstream.outlier;

import java.time.Duration;

/**
 * When a target that fails is left out while its siblings serve.
 *
 * @param failures how many in a row eject a target
 * @param duration how long it stays out, and how long it then takes until it has its whole share again
 * @param maxPercent the most of a route's targets that may be out at once, 0 to 100
 */
public record OutlierDetectionSettings(int failures, Duration duration, int maxPercent) {
    public OutlierDetectionSettings {
        if (failures < 1 || duration.isNegative() || maxPercent < 0 || maxPercent > 100) {
            throw new IllegalArgumentException(
                    "ejection needs 1 failure or more, a duration and 0 to 100 percent; it got " + failures + ", "
                            + duration + " and " + maxPercent);
        }
    }
}
