package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Journal;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.util.Locale;

/**
 * One attempt, the innermost handler of a route: it picks a target that health, ejection and breaker admit, sends the
 * request there, and tells them what came of it. Safe for all threads.
 *
 * <p>What counts against a target is the upstream's fault: no connection, a reset, a time-out, and the answers 500, 502, 503
 * and 504. A client that errs or leaves counts neither way.
 */
public final class Attempt implements Handler {
    private final Upstream upstream;
    private final Sender sender;
    private final Timeouts timeouts;
    private final RouteMetrics metrics;
    private final Ticker ticker;

    Attempt(Upstream upstream, Sender sender, Timeouts timeouts, RouteMetrics metrics, Ticker ticker) {
        this.upstream = upstream;
        this.sender = sender;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse handle(Exchange exchange) {
        Chosen chosen = upstream.choose(exchange);
        return chosen == null ? upstream.refuse(exchange.facts()) : send(exchange, chosen);
    }

    private Answer send(Exchange exchange, Chosen chosen) {
        Member member = chosen.member();
        Facts facts = exchange.facts();
        facts.attempt(member.target().url());
        Journal.Leg leg = facts.journal().attempt(exchange, member.target().url());
        member.begins();
        Verdict verdict = Verdict.NONE;
        String outcome = "internal";
        Answer answer = null;
        long start = ticker.nanos();
        try {
            answer = sender.send(member.target(), leg.carried(exchange), timeouts);
            verdict = Verdict.of(answer.status());
            outcome = "answered";
            return answer.withBody(answer.body().onClose(member::ends));
        } catch (Failure e) {
            verdict = isCutByTotal(e.kind(), exchange, ticker.nanos() - start) ? Verdict.NONE : Verdict.of(e.kind());
            outcome = e.kind().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            long took = ticker.nanos() - start;
            facts.upstreamTook(took);
            metrics.attempted(outcome, took, facts.trace().id());
            leg.ended(answer == null ? 0 : answer.status(), outcome);
            upstream.ended(chosen, verdict);
            if (verdict == Verdict.BAD) {
                facts.outlook(upstream.outlook(facts));
            }
            if (answer == null) {
                member.ends();
            }
        }
    }

    /** Whether the request ran out of its whole time before the target ran out of its part: that says nothing of the target. */
    private boolean isCutByTotal(FailureKind kind, Exchange exchange, long took) {
        return switch (kind) {
            case TIMEOUT ->
                exchange.budget().left() <= 0 && took < timeouts.attempt().toNanos();
            case CONNECT ->
                exchange.budget().left() <= 0 && took < timeouts.connect().toNanos();
            default -> false;
        };
    }
}
