package dev.pintle.policy.externalauth;

import dev.pintle.http.Body;
import dev.pintle.http.Client;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.util.List;

/**
 * The request that asks an authorization service about the request of a client.
 *
 * @param requestHeaders headers of the client that the service receives
 */
record AuthorizationQuestion(AuthorizationService service, List<String> requestHeaders, Ticker ticker) {
    /** The exchange with the service. It ends when that of the client is canceled. */
    Exchange about(Exchange exchange, Duration timeout) {
        Client client = exchange.client();
        GatewayRequest asked = exchange.request();
        Headers.Builder headers = Headers.builder()
                .add("X-Forwarded-Method", asked.method())
                .add("X-Forwarded-Uri", asked.target())
                .add("X-Forwarded-Proto", client.origin().scheme())
                .add("X-Forwarded-Host", client.origin().authority())
                .add("X-Forwarded-For", client.address())
                .add("traceparent", exchange.context().trace().parent());
        requestHeaders.forEach(name -> asked.headers().all(name).forEach(value -> headers.add(name, value)));
        GatewayRequest question =
                new GatewayRequest("GET", "http", "", service.path(), service.query(), headers.build(), Body.EMPTY);
        return new Exchange(
                question,
                new AskingClient(client),
                exchange.context(),
                new TimeBudget(timeout.multipliedBy(2), ticker),
                exchange.cancellation());
    }
}
