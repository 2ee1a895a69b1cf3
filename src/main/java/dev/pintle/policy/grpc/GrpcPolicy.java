package dev.pintle.policy.grpc;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcDeadline;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Ticker;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers gRPC calls in their own terms: a response of the gateway is status 200 with {@code grpc-status} and {@code
 * grpc-message} and without a body. Ends a call at its deadline, and counts it by its status. The outermost policy of
 * the gateway, so that no other response passes it.
 */
public final class GrpcPolicy implements Policy {
    private static final String HTTP1 = "HTTP/1";
    private static final int VERSION_NOT_SUPPORTED = 505;

    private final Watchdog watchdog;
    private final Ticker ticker;

    /** @param watchdog ends calls at their deadline */
    public GrpcPolicy(Watchdog watchdog, Ticker ticker) {
        this.watchdog = watchdog;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        if (!Grpc.isIn(exchange.request().headers())) {
            return next.handle(exchange);
        }
        if (exchange.client().protocol().startsWith(HTTP1)) {
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.UNSUPPORTED,
                    VERSION_NOT_SUPPORTED,
                    "gRPC needs HTTP/2 between the client and the gateway",
                    Headers.EMPTY);
        }
        WatchdogTimer deadline = watchdog.watch(() -> exchange.cancellation().cancel(deadlineExceeded()));
        boolean flows = false;
        try {
            GatewayResponse response = call(exchange, next, deadline);
            flows = response instanceof FinalResponse answer && answer.body().length() != 0;
            return response;
        } catch (ExchangeException e) {
            exchange.context().grpcEnded(GrpcStatus.of(e.kind().code()));
            throw e;
        } finally {
            if (!flows) {
                deadline.close();
            }
        }
    }

    private GatewayResponse call(Exchange exchange, Handler next, WatchdogTimer deadline) {
        ExchangeContext context = exchange.context();
        String timeout = exchange.request().headers().first(Grpc.TIMEOUT);
        if (timeout != null) {
            GrpcDeadline until;
            try {
                until = GrpcDeadline.of(timeout, ticker);
            } catch (IllegalArgumentException e) {
                return trailersOnly(
                        context,
                        ProblemResponses.answer(
                                context, ErrorCode.BAD_REQUEST, Objects.requireNonNull(e.getMessage())));
            }
            if (until.left() <= 0) {
                return trailersOnly(context, ProblemResponses.answer(context, deadlineExceeded()));
            }
            context.grpcDeadline(until);
            deadline.expireIn(until.left());
        }
        return switch (next.handle(exchange)) {
            case FinalResponse answer ->
                context.code() == null ? passedOn(answer, context, deadline) : trailersOnly(context, answer);
            case TunnelResponse tunnel -> tunnel;
        };
    }

    private static ExchangeException deadlineExceeded() {
        return new ExchangeException(FailureKind.DEADLINE, "the deadline of the client (grpc-timeout) has passed");
    }

    /** A response that the upstream created. */
    private static FinalResponse passedOn(FinalResponse answer, ExchangeContext context, WatchdogTimer deadline) {
        if (answer.body().length() == 0) {
            context.grpcEnded(statusOf(answer.headers(), answer.status()));
            return answer;
        }
        return Grpc.isIn(answer.headers())
                ? answer.withBody(new CallBody(answer.body(), context, deadline))
                : answer.withBody(answer.body().onClose(() -> {
                    deadline.close();
                    context.grpcEnded(statusOf(Headers.EMPTY, answer.status()));
                }));
    }

    private static GrpcStatus statusOf(Headers headers, int httpStatus) {
        GrpcStatus status = Grpc.status(headers);
        return status == null ? GrpcStatus.ofHttp(httpStatus) : status;
    }

    /** The same answer for a gRPC client, which reads neither the status code nor a problem. */
    private static FinalResponse trailersOnly(ExchangeContext context, FinalResponse answer) {
        ErrorCode code = Objects.requireNonNull(context.code());
        answer.body().close();
        GrpcStatus status = statusOf(code, context.grpcDeadline());
        context.grpcEnded(status);
        Headers headers = answer.headers().toBuilder()
                .remove("Content-Length")
                .set("Content-Type", "application/grpc")
                .set(Grpc.STATUS, Integer.toString(status.number()))
                .set(Grpc.MESSAGE, PercentEncoding.of(message(code, context.detail())))
                .build();
        return new FinalResponse(200, headers, Body.EMPTY);
    }

    /** A client must not repeat a call whose deadline has passed, whatever took the time. */
    private static GrpcStatus statusOf(ErrorCode code, @Nullable GrpcDeadline deadline) {
        GrpcStatus status = GrpcStatus.of(code);
        boolean isOver = deadline != null && deadline.left() <= 0;
        return isOver && status == GrpcStatus.UNAVAILABLE ? GrpcStatus.DEADLINE_EXCEEDED : status;
    }

    private static String message(ErrorCode code, @Nullable String detail) {
        return code.text() + ": " + (detail == null ? code.title() : detail);
    }
}
