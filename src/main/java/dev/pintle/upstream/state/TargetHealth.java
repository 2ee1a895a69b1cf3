package dev.pintle.upstream.state;

import dev.pintle.time.Ticker;
import dev.pintle.upstream.health.HealthCheckSettings;
import dev.pintle.upstream.health.HealthState;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.AttemptVerdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The health of one target according to its checks, with the last failure. One thread writes at a time; all read. */
final class TargetHealth {
    private final HealthState state = new HealthState();
    private final Ticker ticker;
    private final TargetChangeLog changes;
    private volatile @Nullable FailureNote lastFailure;
    private volatile @Nullable Long changedAt;

    TargetHealth(Ticker ticker, TargetChangeLog changes) {
        this.ticker = ticker;
        this.changes = changes;
    }

    boolean isGood() {
        return state.isGood();
    }

    void checked(AttemptOutcome outcome, HealthCheckSettings settings) {
        if (outcome.verdict() == AttemptVerdict.FAILURE) {
            lastFailure = new FailureNote(outcome.reason(), ticker.nanos());
        }
        if (state.note(outcome.verdict(), settings)) {
            changedAt = ticker.nanos();
            if (state.isGood()) {
                changes.becameHealthy(settings.healthyAfter());
            } else {
                changes.becameUnhealthy(
                        settings.unhealthyAfter(), FailureNote.reasonOf(lastFailure), settings.interval());
            }
        }
    }

    @Nullable
    FailureNote lastFailure() {
        return lastFailure;
    }

    /** The time of the last change; null before the first one. */
    @Nullable
    Instant since(Instant now) {
        Long nanos = changedAt;
        return nanos == null ? null : now.minusNanos(ticker.nanos() - nanos);
    }
}
