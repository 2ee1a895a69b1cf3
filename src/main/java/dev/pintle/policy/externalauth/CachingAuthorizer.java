package dev.pintle.policy.externalauth;

import dev.pintle.http.Exchange;
import java.time.Duration;

/**
 * Repeats decisions for requests with the same key. A failure is not repeated, and neither is a decision that the service
 * made for one response only.
 *
 * @param scope distinguishes the decisions of this route from all others
 */
record CachingAuthorizer(Authorizer origin, DecisionKey key, Duration cacheFor, DecisionCache cache, Object scope)
        implements Authorizer {
    @Override
    public Decision decide(Exchange exchange) {
        String hash = key.hash(exchange).orElse(null);
        if (hash == null) {
            return origin.decide(exchange);
        }
        Decision known = cache.find(scope, hash);
        if (known != null) {
            return known;
        }
        Decision decision = origin.decide(exchange);
        if (isRepeatable(decision)) {
            cache.put(scope, hash, decision, cacheFor);
        }
        return decision;
    }

    private static boolean isRepeatable(Decision decision) {
        return switch (decision) {
            case Decision.Admission admission -> !admission.headers().has("Set-Cookie");
            case Refusal refusal -> refusal.isDenial() && !refusal.headers().has("Set-Cookie");
            case Decision.Failure failure -> false;
        };
    }
}
