package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.List;

/** Refuses bodies in transfer codings other than chunked: the gateway cannot undo them, and must not pass them on. */
public final class TransferCodings implements Policy {
    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        List<String> codings = exchange.request().headers().tokens("Transfer-Encoding");
        return codings.isEmpty() || codings.equals(List.of("chunked"))
                ? next.handle(exchange)
                : Problem.answer(
                        exchange.facts(),
                        Code.UNSUPPORTED,
                        "the transfer coding " + String.join(", ", codings) + " is not supported; send chunked");
    }
}
