package dev.pintle.policy.externalauth;

import dev.pintle.http.ConnectionHeader;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.HeaderNames;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Admits the requests that an authorization service admits. */
final class ExternalAuthPolicy implements Policy {
    private final Authorizer authorizer;
    private final String server;
    private final List<String> upstreamHeaders;
    private final Set<String> vouched;
    private final List<String> clientHeaders;
    private final boolean allowsOnFailure;

    /** @param server of the authorization service, for error responses */
    ExternalAuthPolicy(
            Authorizer authorizer,
            String server,
            List<String> upstreamHeaders,
            List<String> clientHeaders,
            boolean allowsOnFailure) {
        this.authorizer = authorizer;
        this.server = server;
        this.upstreamHeaders = List.copyOf(upstreamHeaders);
        this.vouched = upstreamHeaders.stream().map(HeaderNames::folded).collect(Collectors.toUnmodifiableSet());
        this.clientHeaders = List.copyOf(clientHeaders);
        this.allowsOnFailure = allowsOnFailure;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        return switch (authorizer.decide(exchange)) {
            case Decision.Admission(var headers) -> admitted(exchange, next, headers);
            case Refusal refusal -> refusal.response();
            case Decision.Failure(var cause) -> failed(exchange, next, cause);
        };
    }

    private GatewayResponse admitted(Exchange exchange, Handler next, Headers answered) {
        GatewayResponse response = next.handle(with(exchange, answered));
        if (clientHeaders.isEmpty()) {
            return response;
        }
        Headers.Builder headers = response.headers().toBuilder();
        clientHeaders.forEach(name -> answered.all(name).forEach(value -> headers.add(name, value)));
        return response.withHeaders(headers.build());
    }

    /**
     * The request with the headers that the service vouches for, and without the headers and trailers that the client sent
     * in their place.
     */
    private Exchange with(Exchange exchange, Headers answered) {
        if (vouched.isEmpty()) {
            return exchange;
        }
        Headers.Builder headers =
                ConnectionHeader.withoutNames(exchange.request().headers(), vouched)
                        .without(name -> vouched.contains(HeaderNames.folded(name)))
                        .toBuilder();
        upstreamHeaders.forEach(name -> answered.all(name).forEach(value -> headers.add(name, value)));
        GatewayRequest request = exchange.request();
        return exchange.with(request.withHeaders(headers.build())
                .withBody(request.body().withoutTrailers(name -> vouched.contains(HeaderNames.folded(name)))));
    }

    private GatewayResponse failed(Exchange exchange, Handler next, String cause) {
        return allowsOnFailure
                ? next.handle(with(exchange, Headers.EMPTY))
                : ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.IDENTITY_UNAVAILABLE,
                        "the authorization service " + server + " gave no usable answer: " + cause);
    }
}
