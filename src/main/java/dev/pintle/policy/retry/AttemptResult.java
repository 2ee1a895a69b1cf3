package dev.pintle.policy.retry;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one attempt came to, kept in hand until it is known whether there is another. */
sealed interface AttemptResult {
    /** Makes an attempt. */
    static AttemptResult of(Exchange exchange, Handler next) {
        try {
            return new Responded(next.handle(exchange), exchange.context().code() == null);
        } catch (ExchangeException failure) {
            return new Failed(failure);
        }
    }

    /** What was wrong in the words of {@code retry.on}; null when nothing was, or nothing that the upstream is to blame for. */
    @Nullable
    String reason();

    /** Whether the request cannot have reached the upstream. */
    boolean sentNothing();

    /** The upstream's {@code Retry-After}. */
    @Nullable
    String retryAfter();

    /** Hands it on: answers, or throws. */
    GatewayResponse deliver();

    /** Lets it go, as there will be another. */
    void discard();

    /**
     * A response.
     *
     * @param upstreams whether the upstream made it, and not the gateway
     */
    record Responded(GatewayResponse response, boolean upstreams) implements AttemptResult {
        @Override
        public @Nullable String reason() {
            return upstreams && response instanceof FinalResponse answer && answer.status() >= 400
                    ? Integer.toString(answer.status())
                    : null;
        }

        @Override
        public boolean sentNothing() {
            return false;
        }

        @Override
        public @Nullable String retryAfter() {
            return switch (response) {
                case FinalResponse answer -> answer.headers().first("Retry-After");
            };
        }

        @Override
        public GatewayResponse deliver() {
            return response;
        }

        @Override
        public void discard() {
            switch (response) {
                case FinalResponse answer -> answer.body().close();
            }
        }
    }

    /** No response. */
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
