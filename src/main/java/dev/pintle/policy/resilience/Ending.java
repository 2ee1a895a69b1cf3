package dev.pintle.policy.resilience;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one attempt came to, kept in hand until it is known whether there is another. */
sealed interface Ending {
    /** Makes an attempt. */
    static Ending of(Exchange exchange, Handler next) {
        try {
            return new Responded(next.handle(exchange), exchange.facts().code() == null);
        } catch (Failure failure) {
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
    record Responded(GatewayResponse response, boolean upstreams) implements Ending {
        @Override
        public @Nullable String reason() {
            return upstreams && response instanceof Answer answer && answer.status() >= 400
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
                case Answer answer -> answer.headers().first("Retry-After");
            };
        }

        @Override
        public GatewayResponse deliver() {
            return response;
        }

        @Override
        public void discard() {
            switch (response) {
                case Answer answer -> answer.body().close();
            }
        }
    }

    /** No response. */
    record Failed(Failure failure) implements Ending {
        @Override
        public @Nullable String reason() {
            return failure.kind().owner() == FailureKind.Owner.UPSTREAM
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
