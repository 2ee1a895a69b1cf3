package dev.pintle.policy.respond;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.policy.headers.HeaderEdits;

/** Answers every request with the same status and body. */
final class RespondPolicy implements Policy {
    private final int status;
    private final HeaderEdits headers;
    private final byte[] body;
    private final Headers ofBody;

    RespondPolicy(int status, HeaderEdits headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body.clone();
        String length = Integer.toString(body.length);
        this.ofBody = body.length == 0
                ? Headers.of("Content-Length", length)
                : Headers.of("Content-Type", "text/plain;charset=utf-8", "Content-Length", length);
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        return new FinalResponse(status, headers.applied(ofBody, exchange), Body.of(body));
    }
}
