package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the gateway does not do and must not pass on as if it did: tunnels to wherever the client wants
 * ({@code CONNECT}), and bodies in transfer codings other than chunked, which it cannot undo.
 */
public final class Unsupported implements Policy {
    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        String sentence = sentence(exchange);
        return sentence == null ? next.handle(exchange) : Problem.answer(exchange.facts(), Code.UNSUPPORTED, sentence);
    }

    private static @Nullable String sentence(Exchange exchange) {
        if (exchange.request().method().equals("CONNECT")) {
            return "the gateway opens no tunnels; CONNECT is for forward proxies";
        }
        List<String> codings = exchange.request().headers().tokens("Transfer-Encoding");
        return codings.isEmpty() || codings.equals(List.of("chunked"))
                ? null
                : "the transfer coding " + String.join(", ", codings) + " is not supported; send chunked";
    }
}
