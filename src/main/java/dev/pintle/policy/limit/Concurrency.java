package dev.pintle.policy.limit;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;

/**
 * Bounds how many exchanges are on their way at once, and refuses what is more, at once. An exchange counts until the body
 * of its answer is closed, so a stream counts as long as it flows.
 */
public final class Concurrency implements Policy {
    private static final Headers RETRY_AFTER = Headers.of("Retry-After", "1");

    private final Permits permits;

    public Concurrency(Permits permits) {
        this.permits = permits;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        if (!permits.tryAcquire()) {
            return Problem.answer(
                    exchange.facts(),
                    Code.OVERLOADED,
                    "as many requests as are allowed at once, " + permits.max() + ", are being answered",
                    RETRY_AFTER);
        }
        boolean answered = false;
        try {
            GatewayResponse response = next.handle(exchange);
            GatewayResponse counted = switch (response) {
                case Answer answer -> answer.withBody(answer.body().onClose(permits::release));
            };
            answered = true;
            return counted;
        } finally {
            if (!answered) {
                permits.release();
            }
        }
    }
}
