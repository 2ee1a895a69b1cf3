package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into the problems that clients see. A client that left gets none. */
public final class FailuresAnswered implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(FailuresAnswered.class);

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        try {
            return next.handle(exchange);
        } catch (Failure e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            return Problem.answer(exchange.facts(), e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "Request {} met a fault of the gateway",
                    exchange.facts().trace().id(),
                    e);
            return Problem.answer(
                    exchange.facts(), Code.INTERNAL, "the gateway met a fault of its own; its log tells more");
        }
    }
}
