package dev.pintle.policy.retry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Handler;
import dev.pintle.http.TunnelResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of one attempt, held until the policy decides about another attempt. */
sealed interface AttemptResult {
    /** Begins the reasons that are statuses of gRPC. */
    String GRPC = "grpc:";

    /** Runs an attempt. */
    static AttemptResult of(Exchange exchange, Handler next) {
        try {
            return new Responded(next.handle(exchange), exchange.context().code() == null);
        } catch (ExchangeException failure) {
            return new Failed(failure);
        }
    }

    /**
     * Returns the failure as a value of {@code retry.on}; null for a success and for failures that are not the
     * upstream's.
     */
    @Nullable
    String reason();

    /** Returns whether the upstream cannot have received the request. */
    boolean sentNothing();

    /** Returns {@code Retry-After} of the upstream. */
    @Nullable
    String retryAfter();

    /** Returns the response, or throws the failure. */
    GatewayResponse deliver();

    /** Discards the result before another attempt. */
    void discard();

    /**
     * A response.
     *
     * @param fromUpstream whether the upstream created the response, and not the gateway
     */
    record Responded(GatewayResponse response, boolean fromUpstream) implements AttemptResult {
        @Override
        public @Nullable String reason() {
            if (!fromUpstream || !(response instanceof FinalResponse answer)) {
                return null;
            }
            GrpcStatus status = answer.body().length() == 0 ? Grpc.status(answer.headers()) : null;
            if (status != null && status != GrpcStatus.OK) {
                return GRPC + status.text();
            }
            return answer.status() >= 400 ? Integer.toString(answer.status()) : null;
        }

        @Override
        public boolean sentNothing() {
            return false;
        }

        @Override
        public @Nullable String retryAfter() {
            return response.headers().first("Retry-After");
        }

        @Override
        public GatewayResponse deliver() {
            return response;
        }

        @Override
        public void discard() {
            switch (response) {
                case FinalResponse answer -> answer.body().close();
                case TunnelResponse tunnel -> tunnel.upstream().close();
            }
        }
    }

    /** A failure without a response. */
    record Failed(ExchangeException failure) implements AttemptResult {
        @Override
        public @Nullable String reason() {
            return failure.kind().faultParty() == FailureKind.FaultParty.UPSTREAM
                    ? failure.kind().name().toLowerCase(Locale.ROOT)
                    : null;
        }

        @Override
        public boolean sentNothing() {
            return failure.kind() == FailureKind.CONNECT;
        }

        @Override
        public @Nullable String retryAfter() {
            return null;
        }

        @Override
        public GatewayResponse deliver() {
            throw failure;
        }

        @Override
        public void discard() {}
    }
}
