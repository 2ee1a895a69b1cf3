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
    private final List<TargetState> members;
    private final LoadBalancer balancer;
    private final int mostEjected;

    TargetPool(List<TargetState> members, LoadBalancer balancer, @Nullable OutlierDetectionSettings ejection) {
        this.members = List.copyOf(members);
        this.balancer = balancer;
        this.mostEjected = ejection == null ? 0 : members.size() * ejection.maxPercent() / 100;
    }

    /**
     * Selects the target of the next attempt, preferably one that had no attempt in this exchange. Null when no target
     * is available.
     */
    @Nullable
    SelectedTarget choose(Exchange exchange) {
        List<TargetState> able = able();
        while (!able.isEmpty()) {
            List<TargetState> untried = untried(able, exchange.context());
            TargetState member = balancer.choose(untried.isEmpty() ? able : untried, exchange);
            Permit permit = member.acquire();
            if (permit != null) {
                return new SelectedTarget(member, permit);
            }
            able.remove(member);
        }
        return null;
    }

    /**
     * The healthy and admitted targets that are not ejected. When all are ejected, the ejected ones: they may still
     * serve, an unhealthy one cannot.
     */
    private List<TargetState> able() {
        List<TargetState> able = new ArrayList<>(members.size());
        List<TargetState> ejected = new ArrayList<>(0);
        for (TargetState member : members) {
            if (member.isAlive() && member.admits()) {
                (member.isEjected() ? ejected : able).add(member);
            }
        }
        return able.isEmpty() ? ejected : able;
    }

    private static List<TargetState> untried(List<TargetState> able, ExchangeContext context) {
        if (context.attempts() == 0) {
            return able;
        }
        List<TargetState> untried = new ArrayList<>(able);
        untried.removeIf(member -> context.tried(member.target().url()));
        return untried;
    }

    /** The targets available for a further attempt. */
    RetryDestination retryDestination(ExchangeContext context) {
        List<TargetState> able = able();
        if (able.isEmpty()) {
            return RetryDestination.NOWHERE;
        }
        return untried(able, context).isEmpty() ? RetryDestination.SAME_TARGET : RetryDestination.OTHER_TARGET;
    }

    /** The error when no target is available. */
    FinalResponse refuse(ExchangeContext context) {
        List<TargetState> alive = members.stream().filter(TargetState::isAlive).toList();
        if (alive.isEmpty()) {
            return ProblemResponses.answer(
                    context,
                    ErrorCode.NO_HEALTHY_TARGET,
                    "no target of this route passes its health checks; the last failure of one: "
                            + members.getFirst().failedCheck());
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
    void ended(SelectedTarget chosen, AttemptOutcome outcome) {
        if (outcome.verdict() == AttemptVerdict.FAILURE) {
            chosen.member().attemptFailed(outcome.reason());
        }
        chosen.permit().end(outcome.verdict());
        if (chosen.member().shouldBeEjected(outcome.verdict())) {
            eject(chosen.member());
        }
    }

    /** Records that the response of a successful attempt is complete. */
    void completed(SelectedTarget chosen) {
        chosen.permit().completed();
        chosen.member().completed();
    }

    /** Records that the response of a successful attempt broke off, which makes the attempt a failure. */
    void brokeOff(SelectedTarget chosen) {
        chosen.member().attemptFailed(chosen.member().target().url() + " broke off in the middle of its response");
        chosen.permit().brokeOff();
        if (chosen.member().shouldBeEjectedAfterBreak()) {
            eject(chosen.member());
        }
    }

    private synchronized void eject(TargetState member) {
        long out = members.stream().filter(TargetState::isEjected).count();
        if (out < mostEjected) {
            member.eject();
        }
    }
}
