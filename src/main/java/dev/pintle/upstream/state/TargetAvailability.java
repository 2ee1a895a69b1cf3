package dev.pintle.upstream.state;

import dev.pintle.upstream.target.LastFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether health checks and outlier detection admit requests to a target, as a snapshot.
 *
 * @param since the start of the state; null for the first state
 * @param retryAt the end of the ejection
 * @param lastFailure the last failed health check, or the failure before the ejection
 */
public record TargetAvailability(
        String route,
        String target,
        State state,
        @Nullable Instant since,
        @Nullable Instant retryAt,
        @Nullable LastFailure lastFailure) {
    /** Whether requests reach the target, or the reason that they do not. */
    public enum State {
        HEALTHY("healthy"),
        UNHEALTHY("unhealthy"),
        EJECTED("ejected");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The name in JSON. */
        public String text() {
            return text;
        }
    }
}
