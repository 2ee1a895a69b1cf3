package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Outlook;
import dev.pintle.exchange.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets of a route at one revision, and the choice among them. Safe for all threads. */
final class Upstream {
    private final List<Member> members;
    private final Balancer balancer;
    private final int mostEjected;

    Upstream(List<Member> members, Balancer balancer, @Nullable EjectionSettings ejection) {
        this.members = List.copyOf(members);
        this.balancer = balancer;
        this.mostEjected = ejection == null ? 0 : members.size() * ejection.maxPercent() / 100;
    }

    /** Where the next attempt goes: preferably to a target that had none in this exchange. Null when none may be asked. */
    @Nullable
    Chosen choose(Exchange exchange) {
        List<Member> able = able();
        while (!able.isEmpty()) {
            List<Member> untried = untried(able, exchange.facts());
            Member member = balancer.choose(untried.isEmpty() ? able : untried, exchange);
            Permit permit = member.acquire();
            if (permit != null) {
                return new Chosen(member, permit);
            }
            able.remove(member);
        }
        return null;
    }

    /** Those that are alive and admitted, but the ejected; if all are ejected, these: they may serve, a dead one cannot. */
    private List<Member> able() {
        List<Member> able = new ArrayList<>(members.size());
        List<Member> ejected = new ArrayList<>(0);
        for (Member member : members) {
            if (member.isAlive() && member.admits()) {
                (member.isEjected() ? ejected : able).add(member);
            }
        }
        return able.isEmpty() ? ejected : able;
    }

    private static List<Member> untried(List<Member> able, Facts facts) {
        if (facts.attempts() == 0) {
            return able;
        }
        List<Member> untried = new ArrayList<>(able);
        untried.removeIf(member -> facts.tried(member.target().url()));
        return untried;
    }

    /** Where a further attempt could go now. */
    Outlook outlook(Facts facts) {
        List<Member> able = able();
        if (able.isEmpty()) {
            return Outlook.NOWHERE;
        }
        return untried(able, facts).isEmpty() ? Outlook.SAME_TARGET : Outlook.OTHER_TARGET;
    }

    /** The answer when no target may be asked. */
    Answer refuse(Facts facts) {
        List<Member> alive = members.stream().filter(Member::isAlive).toList();
        if (alive.isEmpty()) {
            return Problem.answer(facts, Code.NO_HEALTHY_TARGET, "no target of this route passes its health checks");
        }
        long nanos = alive.stream().mapToLong(Member::nanosUntilAdmitted).min().orElse(0);
        return Problem.answer(
                facts,
                Code.CIRCUIT_OPEN,
                alive.stream().allMatch(Member::isForced)
                        ? "an operator holds the circuits of this route open"
                        : "the targets of this route failed too often, and are left alone for a while",
                Headers.of("Retry-After", Long.toString(wholeSeconds(nanos))));
    }

    private static long wholeSeconds(long nanos) {
        return Math.max(1, Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds());
    }

    /** An attempt is over: its target hears what it was worth. */
    void ended(Chosen chosen, Verdict verdict) {
        chosen.permit().end(verdict);
        if (chosen.member().shouldBeEjected(verdict)) {
            eject(chosen.member());
        }
    }

    private synchronized void eject(Member member) {
        long out = members.stream().filter(Member::isEjected).count();
        if (out < mostEjected) {
            member.eject();
        }
    }
}
