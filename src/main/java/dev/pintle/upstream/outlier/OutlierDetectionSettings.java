package dev.pintle.upstream.outlier;

import java.time.Duration;

/**
 * The rules for the ejection of a target that fails while other targets of the route succeed.
 *
 * @param failures the number of consecutive failures that eject a target
 * @param duration how long it stays ejected, and how long it then takes to regain its full share
 * @param maxPercent the maximum percentage of a route's targets that are ejected simultaneously, 0 to 100
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
