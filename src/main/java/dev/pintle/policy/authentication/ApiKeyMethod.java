package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.QueryString;
import dev.pintle.identity.Identities;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Set<String> keys = keys(exchange.request());
        if (keys.isEmpty()) {
            return new Absent();
        }
        if (keys.size() > 1) {
            return new Rejected(ErrorCode.CREDENTIALS_INVALID, "the request has several API keys");
        }
        return identities
                .byKey(keys.iterator().next())
                .<AuthenticationResult>map(Accepted::new)
                .orElseGet(() -> new Rejected(ErrorCode.CREDENTIALS_INVALID, "the API key is not valid"));
    }

    private Set<String> keys(GatewayRequest request) {
        Stream<String> inHeaders = headers.stream().flatMap(name -> request.headers().all(name).stream());
        Stream<String> inQuery = parameters.stream()
                .map(name -> QueryString.value(request.query(), name))
                .filter(Objects::nonNull);
        return Stream.concat(inHeaders, inQuery).map(String::strip).collect(Collectors.toSet());
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
