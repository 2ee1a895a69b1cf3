package dev.pintle.policy.concurrency;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;

/**
 * Bounds how many exchanges are on their way at once, and refuses what is more, at once. An exchange counts until the body
 * of its answer is closed, so a stream counts as long as it flows.
 */
public final class ConcurrencyLimitPolicy implements Policy {
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final ConcurrencyLimiter permits;

    public ConcurrencyLimitPolicy(ConcurrencyLimiter permits) {
        this.permits = permits;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        return permits.tryAcquire()
                ? counted(exchange, next, permits::release)
                : refusal(
                        exchange, "as many requests as are allowed at once, " + permits.max() + ", are being answered");
    }

    /** Hands an exchange on that counts until its answer is through. */
    public static GatewayResponse counted(Exchange exchange, Handler next, Runnable release) {
        boolean answered = false;
        try {
            GatewayResponse response = next.handle(exchange);
            GatewayResponse counted = switch (response) {
                case FinalResponse answer -> answer.withBody(answer.body().onClose(release));
            };
            answered = true;
            return counted;
        } finally {
            if (!answered) {
                release.run();
            }
        }
    }

    public static FinalResponse refusal(Exchange exchange, String sentence) {
        return ProblemResponses.answer(exchange.context(), ErrorCode.OVERLOADED, sentence, RETRY_AFTER);
    }
}
