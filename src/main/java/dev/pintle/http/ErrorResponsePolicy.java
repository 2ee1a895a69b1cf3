package dev.pintle.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into the problems that clients see. A client that left gets none. */
public final class ErrorResponsePolicy implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponsePolicy.class);

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        try {
            return next.handle(exchange);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            return ProblemResponses.answer(exchange.context(), e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "Request {} met a fault of the gateway",
                    exchange.context().trace().id(),
                    e);
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.INTERNAL,
                    "the gateway failed; its log has the cause under this trace id");
        }
    }
}
