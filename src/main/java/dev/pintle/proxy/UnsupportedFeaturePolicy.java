package dev.pintle.proxy;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.util.List;

/**
 * Rejects features that the gateway does not support and must not forward: {@code CONNECT} tunnels, and transfer
 * codings other than chunked, which it cannot decode.
 */
public final class UnsupportedFeaturePolicy implements Policy {
    /** The following bytes belong to a tunnel, or to a body with an unknown end. */
    private static final Headers CLOSE = Headers.of("Connection", "close");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        ExchangeContext context = exchange.context();
        if (exchange.request().method().equals("CONNECT")) {
            return ProblemResponses.answer(
                    context,
                    ErrorCode.UNSUPPORTED,
                    "the gateway does not support CONNECT tunnels; use a forward proxy",
                    CLOSE);
        }
        List<String> codings = exchange.request().headers().tokens("Transfer-Encoding");
        if (codings.isEmpty()) {
            return next.handle(exchange);
        }
        if (exchange.client().protocol().equals("HTTP/1.0")) {
            return ProblemResponses.answer(
                    context, ErrorCode.BAD_REQUEST, "HTTP/1.0 has no transfer codings; send a Content-Length", CLOSE);
        }
        return codings.equals(List.of("chunked"))
                ? next.handle(exchange)
                : ProblemResponses.answer(
                        context,
                        ErrorCode.UNSUPPORTED,
                        "the gateway supports only the transfer coding chunked; send it alone");
    }
}
