package dev.pintle.policy.ratelimit;

import dev.pintle.http.Exchange;
import java.util.List;

/** One bucket for all requests of a route. */
record RouteLimitKey() implements LimitKey {
    static final String TEXT = "route";
    static final String BUCKET = "route";

    private static final List<String> BUCKETS = List.of(BUCKET);

    @Override
    public List<String> of(Exchange exchange) {
        return BUCKETS;
    }

    @Override
    public String ofClient(String client) {
        return BUCKET;
    }

    @Override
    public String toString() {
        return TEXT;
    }
}
