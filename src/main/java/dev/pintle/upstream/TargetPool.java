package dev.pintle.upstream;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.RetryDestination;
import dev.pintle.upstream.loadbalancing.LoadBalancer;
import dev.pintle.upstream.outlier.OutlierDetectionSettings;
import dev.pintle.upstream.state.SelectedTarget;
import dev.pintle.upstream.state.TargetState;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets of a route at one revision, and the selection among them. Thread-safe. */
final class TargetPool {
    private final TargetList targets;
    private final LoadBalancer balancer;
    private final int maxEjectedPercent;

    TargetPool(TargetList targets, LoadBalancer balancer, @Nullable OutlierDetectionSettings outlierDetection) {
        this.targets = targets;
        this.balancer = balancer;
        this.maxEjectedPercent = outlierDetection == null ? 0 : outlierDetection.maxPercent();
    }

    /**
     * Selects the target of the next attempt, preferably one that had no attempt in this exchange. Null when no target
     * is available.
     */
    @Nullable
    SelectedTarget choose(Exchange exchange) {
        List<TargetState> admissible = admissible();
        while (!admissible.isEmpty()) {
            List<TargetState> untried = untried(admissible, exchange.context());
            TargetState targetState = balancer.choose(untried.isEmpty() ? admissible : untried, exchange);
            Permit permit = targetState.acquire();
            if (permit != null) {
                return new SelectedTarget(targetState, permit);
            }
            admissible.remove(targetState);
        }
        return null;
    }

    /**
     * The healthy and admitted targets that are not ejected. When all are ejected, the ejected ones: they may still
     * serve, an unhealthy one cannot.
     */
    private List<TargetState> admissible() {
        List<TargetState> targetStates = targets.now();
        List<TargetState> admissible = new ArrayList<>(targetStates.size());
        List<TargetState> ejected = new ArrayList<>(0);
        for (TargetState targetState : targetStates) {
            if (targetState.isAlive() && targetState.admits()) {
                (targetState.isEjected() ? ejected : admissible).add(targetState);
            }
        }
        return admissible.isEmpty() ? ejected : admissible;
    }

    private static List<TargetState> untried(List<TargetState> admissible, ExchangeContext context) {
        if (context.attempts() == 0) {
            return admissible;
        }
        List<TargetState> untried = new ArrayList<>(admissible);
        untried.removeIf(targetState -> context.tried(targetState.target().url()));
        return untried;
    }

    /** The targets available for a further attempt. */
    RetryDestination retryDestination(ExchangeContext context) {
        List<TargetState> admissible = admissible();
        if (admissible.isEmpty()) {
            return RetryDestination.NOWHERE;
        }
        return untried(admissible, context).isEmpty() ? RetryDestination.SAME_TARGET : RetryDestination.OTHER_TARGET;
    }

    /** The error when no target is available. */
    FinalResponse refuse(ExchangeContext context) {
        List<TargetState> targetStates = targets.now();
        if (targetStates.isEmpty()) {
            return ProblemResponses.answer(context, ErrorCode.NO_HEALTHY_TARGET, targets.whyEmpty());
        }
        List<TargetState> alive =
                targetStates.stream().filter(TargetState::isAlive).toList();
        if (alive.isEmpty()) {
            return ProblemResponses.answer(
                    context,
                    ErrorCode.NO_HEALTHY_TARGET,
                    "no target of this route passes its health checks; the last failure of one: "
                            + targetStates.getFirst().failedCheck());
        }
        TargetState first = Collections.min(alive, Comparator.comparingLong(TargetState::nanosUntilAdmitted));
        return ProblemResponses.answer(
                context,
                ErrorCode.CIRCUIT_OPEN,
                alive.stream().allMatch(TargetState::isForced)
                        ? "an operator holds the circuits of this route open"
                        : first.refusal(),
                Headers.of("Retry-After", Long.toString(wholeSeconds(first.nanosUntilAdmitted()))));
    }

    private static long wholeSeconds(long nanos) {
        return Math.max(1, Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds());
    }

    /** Records the outcome of an attempt at its target. */
    void ended(SelectedTarget selected, AttemptOutcome outcome) {
        if (outcome.verdict() == AttemptVerdict.FAILURE) {
            selected.targetState().attemptFailed(outcome.reason());
        }
        selected.permit().end(outcome.verdict());
        if (selected.targetState().shouldBeEjected(outcome.verdict())) {
            eject(selected.targetState());
        }
    }

    /** Records that the response of a successful attempt is complete. */
    void completed(SelectedTarget selected) {
        selected.permit().completed();
        selected.targetState().completed();
    }

    /**
     * Records that the response of a successful attempt ended badly, which makes the attempt a failure.
     *
     * @param how the predicate of a sentence about the target
     */
    void brokeOff(SelectedTarget selected, String how) {
        selected.targetState().attemptFailed(selected.targetState().target().url() + " " + how);
        selected.permit().brokeOff();
        if (selected.targetState().shouldBeEjectedAfterBreak()) {
            eject(selected.targetState());
        }
    }

    private synchronized void eject(TargetState targetState) {
        List<TargetState> targetStates = targets.now();
        long out = targetStates.stream().filter(TargetState::isEjected).count();
        if (out < targetStates.size() * maxEjectedPercent / 100) {
            targetState.eject();
        }
    }
}
