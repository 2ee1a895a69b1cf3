package dev.pintle.policy.headers;

import dev.pintle.http.ErrorResponsePolicy;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.TunnelResponse;

/**
 * Edits headers of requests and responses, and removes trailers with the same names. Failures of inner handlers become
 * responses here, so that they are edited too.
 */
final class HeadersPolicy implements Policy {
    private static final Policy ERRORS = new ErrorResponsePolicy();

    private final HeaderEdits request;
    private final HeaderEdits response;

    HeadersPolicy(HeaderEdits request, HeaderEdits response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Exchange edited = request.isEmpty() ? exchange : exchange.with(edited(exchange));
        if (response.isEmpty()) {
            return next.handle(edited);
        }
        return switch (ERRORS.apply(edited, next)) {
            case FinalResponse answer ->
                answer.withHeaders(response.applied(answer.headers(), exchange))
                        .withBody(response.applied(answer.body()));
            case TunnelResponse tunnel -> tunnel.withHeaders(response.applied(tunnel.headers(), exchange));
        };
    }

    private GatewayRequest edited(Exchange exchange) {
        GatewayRequest received = exchange.request();
        return received.withHeaders(request.applied(received.headers(), exchange))
                .withBody(request.applied(received.body()));
    }
}
