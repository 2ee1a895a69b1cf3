package dev.pintle.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into problem responses. A disconnected client gets none. */
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
            return ProblemResponses.answer(exchange.context(), e);
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot handle request {} because of a defect of the gateway. Report it with this stack trace.",
                    exchange.context().trace().id(),
                    e);
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.INTERNAL,
                    "the gateway has an internal error; see its log for this trace id");
        }
    }
}
