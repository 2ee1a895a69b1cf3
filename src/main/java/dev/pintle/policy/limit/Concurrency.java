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
        return permits.tryAcquire()
                ? counted(exchange, next, permits::release)
                : refusal(
                        exchange, "as many requests as are allowed at once, " + permits.max() + ", are being answered");
    }

    /** Hands an exchange on that counts until its answer is through. */
    static GatewayResponse counted(Exchange exchange, Handler next, Runnable release) {
        boolean answered = false;
        try {
            GatewayResponse response = next.handle(exchange);
            GatewayResponse counted = switch (response) {
                case Answer answer -> answer.withBody(answer.body().onClose(release));
            };
            answered = true;
            return counted;
        } finally {
            if (!answered) {
                release.run();
            }
        }
    }

    static Answer refusal(Exchange exchange, String sentence) {
        return Problem.answer(exchange.facts(), Code.OVERLOADED, sentence, RETRY_AFTER);
    }
}
