package dev.pintle.policy.authorization;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Identity;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Admits clients whose identity satisfies all rules. A rule that is null admits everyone. */
final class AuthorizationPolicy implements Policy {
    private final @Nullable List<String> scopes;
    private final Map<String, List<String>> claims;
    private final @Nullable List<String> consumers;
    private final @Nullable List<String> groups;
    private final String route;

    AuthorizationPolicy(
            @Nullable List<String> scopes,
            @Nullable Map<String, List<String>> claims,
            @Nullable List<String> consumers,
            @Nullable List<String> groups,
            String route) {
        this.scopes = scopes;
        this.claims = Objects.requireNonNullElse(claims, Map.of());
        this.consumers = consumers;
        this.groups = groups;
        this.route = route;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Identity identity = exchange.context().identity();
        if (scopes != null && Collections.disjoint(scopes, identity.scopes())) {
            String challenge = "Bearer realm=\"" + route + "\", error=\"insufficient_scope\", scope=\""
                    + String.join(" ", scopes) + '"';
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.FORBIDDEN,
                    "authorization of this route requires another scope",
                    Headers.of("WWW-Authenticate", challenge));
        }
        String failed = failedRule(identity);
        return failed == null
                ? next.handle(exchange)
                : ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.FORBIDDEN,
                        "authorization of this route requires another " + failed);
    }

    private @Nullable String failedRule(Identity identity) {
        for (Map.Entry<String, List<String>> claim : claims.entrySet()) {
            if (Collections.disjoint(claim.getValue(), identity.claimValues(claim.getKey()))) {
                return "value of claim " + claim.getKey();
            }
        }
        if (consumers != null && (identity.consumer() == null || !consumers.contains(identity.consumer()))) {
            return "consumer";
        }
        return groups != null && Collections.disjoint(groups, identity.groups()) ? "group" : null;
    }
}
