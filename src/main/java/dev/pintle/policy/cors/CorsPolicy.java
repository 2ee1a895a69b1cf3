package dev.pintle.policy.cors;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorResponsePolicy;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;

/** Answers preflights, and marks all other responses for the pages that may read them, problems included. */
final class CorsPolicy implements Policy {
    private static final Policy ERRORS = new ErrorResponsePolicy();

    private final CorsHeaders cors;

    CorsPolicy(CorsHeaders cors) {
        this.cors = cors;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Headers request = exchange.request().headers();
        if (Preflight.method(exchange.request()) != null) {
            return new FinalResponse(204, cors.preflight(request), Body.EMPTY);
        }
        GatewayResponse response = ERRORS.apply(exchange, next);
        return response.withHeaders(cors.response(response.headers(), request));
    }
}
