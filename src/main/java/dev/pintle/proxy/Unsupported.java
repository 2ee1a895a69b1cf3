package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.List;

/**
 * Refuses what the gateway does not do and must not pass on as if it did: tunnels to wherever the client wants
 * ({@code CONNECT}), and bodies in transfer codings other than chunked, which it cannot undo.
 */
public final class Unsupported implements Policy {
    /** What follows was meant for a tunnel, or ends where nobody knows. */
    private static final Headers CLOSE = Headers.of("Connection", "close");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Facts facts = exchange.facts();
        if (exchange.request().method().equals("CONNECT")) {
            return Problem.answer(
                    facts, Code.UNSUPPORTED, "the gateway opens no tunnels; CONNECT is for forward proxies", CLOSE);
        }
        List<String> codings = exchange.request().headers().tokens("Transfer-Encoding");
        if (codings.isEmpty()) {
            return next.handle(exchange);
        }
        if (exchange.client().protocol().equals("HTTP/1.0")) {
            return Problem.answer(
                    facts, Code.BAD_REQUEST, "HTTP/1.0 has no transfer codings; send a Content-Length", CLOSE);
        }
        return codings.equals(List.of("chunked"))
                ? next.handle(exchange)
                : Problem.answer(
                        facts,
                        Code.UNSUPPORTED,
                        "the transfer coding " + String.join(", ", codings) + " is not supported; send chunked");
    }
}
