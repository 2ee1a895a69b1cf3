package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.QueryString;
import dev.pintle.identity.CredentialResult;
import dev.pintle.identity.Identities;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import dev.pintle.policy.authentication.AuthenticationResult.Throttled;
import java.util.ArrayList;
import java.util.List;

/** {@code apiKey}: the key of a consumer in a header or in the query. */
record ApiKeyMethod(List<String> headers, List<String> parameters, Identities identities)
        implements AuthenticationMethod {
    private static final String HEADER = "header:";
    private static final String QUERY = "query:";

    static ApiKeyMethod of(List<String> places, Identities identities) {
        return new ApiKeyMethod(named(places, HEADER), named(places, QUERY), identities);
    }

    private static List<String> named(List<String> places, String prefix) {
        return places.stream()
                .filter(place -> place.startsWith(prefix))
                .map(place -> place.substring(prefix.length()))
                .toList();
    }

    @Override
    public String name() {
        return "apiKey";
    }

    @Override
    public AuthenticationResult authenticate(Exchange exchange) {
        List<String> keys = keys(exchange.request());
        if (keys.isEmpty()) {
            return new Absent();
        }
        String key = keys.getFirst();
        if (!keys.stream().allMatch(key::equals)) {
            return new Rejected(ErrorCode.CREDENTIALS_INVALID, "the request has several API keys");
        }
        return switch (identities.byKey(exchange.client().address(), key)) {
            case CredentialResult.Right(var identity) -> new Accepted(identity);
            case CredentialResult.Wrong wrong ->
                new Rejected(ErrorCode.CREDENTIALS_INVALID, "the API key is not valid");
            case CredentialResult.Throttled(var untilNext) ->
                new Throttled(untilNext, "wrong API keys from this client network");
        };
    }

    private List<String> keys(GatewayRequest request) {
        List<String> keys = new ArrayList<>(2);
        for (String name : headers) {
            request.headers().all(name).forEach(value -> keys.add(value.strip()));
        }
        for (String name : parameters) {
            String value = QueryString.value(request.query(), name);
            if (value != null) {
                keys.add(value.strip());
            }
        }
        return keys;
    }

    @Override
    public String challenge(String realm) {
        return "ApiKey realm=\"" + realm + '"';
    }

    @Override
    public GatewayRequest withoutCredentials(GatewayRequest request) {
        GatewayRequest stripped = request.withHeaders(
                request.headers().without(name -> headers.stream().anyMatch(name::equalsIgnoreCase)));
        return parameters.isEmpty()
                ? stripped
                : stripped.withQuery(QueryString.without(request.query(), parameters::contains));
    }
}
