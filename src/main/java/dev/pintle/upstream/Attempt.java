package dev.pintle.upstream;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.ExchangeRecorder;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Handler;
import dev.pintle.http.TunnelResponse;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Stopwatch;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.state.SelectedTarget;
import dev.pintle.upstream.state.TargetState;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.AttemptVerdict;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.util.Locale;

/**
 * The innermost handler of a route. It selects a target that health checks, outlier detection and the circuit breaker
 * admit, sends the request to it, and records the outcome. Thread-safe.
 *
 * <p>Only upstream faults count as failures of a target: no connection, a reset, a timeout, a response that breaks off
 * within {@code timeout.attempt}, the statuses 500, 502, 503 and 504, and {@code grpc-status} 14. A client that
 * disconnects or violates the protocol counts neither way. A failure while this node stalled does not count either.
 */
public final class Attempt implements Handler {
    private final TargetPool upstream;
    private final UpstreamClient client;
    private final Timeouts timeouts;
    private final RouteMetrics metrics;
    private final Ticker ticker;

    Attempt(TargetPool upstream, UpstreamClient client, Timeouts timeouts, RouteMetrics metrics, Ticker ticker) {
        this.upstream = upstream;
        this.client = client;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse handle(Exchange exchange) {
        exchange.cancellation().check();
        SelectedTarget selected = upstream.choose(exchange);
        return selected == null ? upstream.refuse(exchange.context()) : send(exchange, selected);
    }

    private GatewayResponse send(Exchange exchange, SelectedTarget selected) {
        TargetState targetState = selected.targetState();
        ExchangeContext context = exchange.context();
        context.attempt(targetState.target().url());
        ExchangeRecorder.AttemptRecorder attemptRecorder =
                context.recorder().attempt(exchange, targetState.target().url());
        targetState.begins();
        AttemptOutcome result = AttemptOutcome.NEUTRAL;
        String outcome = "internal";
        GatewayResponse answer = null;
        Stopwatch stopwatch = new Stopwatch(ticker);
        try {
            answer = client.send(targetState.target(), attemptRecorder.carried(exchange), timeouts);
            result = AttemptOutcome.answered(answer);
            outcome = "answered";
            return switch (answer) {
                case FinalResponse response -> response.withBody(onClose(response.body(), selected, result.verdict()));
                case TunnelResponse tunnel -> tunnel.onClose(() -> closed(selected));
            };
        } catch (ExchangeException e) {
            result = stopwatch.nodeStalled() || isCutByTotal(e.kind(), exchange, stopwatch.nanos())
                    ? AttemptOutcome.NEUTRAL
                    : AttemptOutcome.of(e);
            outcome = e.kind().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            long took = stopwatch.realNanos();
            context.upstreamTook(took);
            metrics.attempted(outcome, took, context.trace().id());
            attemptRecorder.ended(answer == null ? 0 : answer.status(), outcome);
            upstream.ended(selected, result);
            if (result.verdict() == AttemptVerdict.FAILURE) {
                context.retryDestination(upstream.retryDestination(context));
            }
            if (answer == null) {
                targetState.ends();
            }
        }
    }

    private void closed(SelectedTarget selected) {
        selected.targetState().ends();
        upstream.completed(selected);
    }

    private Body onClose(Body body, SelectedTarget selected, AttemptVerdict verdict) {
        Stopwatch sinceHead = new Stopwatch(ticker);
        return body.onClose(() -> {
            selected.targetState().ends();
            if (verdict == AttemptVerdict.SUCCESS) {
                judge(body, sinceHead, selected);
            }
        });
    }

    /**
     * A response that runs longer than the attempt timeout is a stream. Streams end with each restart of an upstream.
     */
    private void judge(Body body, Stopwatch sinceHead, SelectedTarget selected) {
        if (Grpc.status(body.trailers()) == GrpcStatus.UNAVAILABLE) {
            upstream.brokeOff(selected, "ended a call with grpc-status 14");
        } else if (!body.brokeOff()) {
            upstream.completed(selected);
        } else if (!sinceHead.nodeStalled()
                && sinceHead.nanos() <= timeouts.attempt().toNanos()) {
            upstream.brokeOff(selected, "broke off in the middle of its response");
        }
    }

    /**
     * Whether the request timeout expired before the attempt timeout. Such a timeout is no evidence about the target.
     */
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
