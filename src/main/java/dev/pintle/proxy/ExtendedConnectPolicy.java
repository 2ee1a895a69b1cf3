package dev.pintle.proxy;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.WebSocketHandshake;

/**
 * Replaces an ordinary 2xx response to a WebSocket handshake over HTTP/2, because the client would read it as an open
 * WebSocket (RFC 8441 section 5).
 */
public final class ExtendedConnectPolicy implements Policy {
    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        // Other requests over HTTP/2 have no Upgrade header.
        boolean handshake = exchange.client().protocol().equals("HTTP/2.0")
                && WebSocketHandshake.isIn(exchange.request().headers());
        GatewayResponse response = next.handle(exchange);
        if (!handshake || !(response instanceof FinalResponse answer) || answer.status() / 100 != 2) {
            return response;
        }
        answer.body().close();
        return ProblemResponses.answer(
                exchange.context(),
                ErrorCode.UNSUPPORTED,
                "the route or its upstream answered the WebSocket handshake with " + answer.status()
                        + " and did not switch protocols");
    }
}
