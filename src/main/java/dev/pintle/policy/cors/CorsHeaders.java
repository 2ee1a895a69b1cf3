package dev.pintle.policy.cors;

import dev.pintle.http.Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The headers that browsers read. Immutable.
 *
 * @param methods joined with commas, like {@code headers} and {@code expose}, which may be empty
 * @param maxAge in seconds
 */
record CorsHeaders(OriginSet origins, boolean credentials, String methods, String headers, String expose, long maxAge) {
    private static final String PREFLIGHT_VARY =
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    /** The headers of the answer to a preflight; an origin that is not listed learns nothing. */
    Headers preflight(Headers request) {
        Headers.Builder answer = Headers.builder().add("Vary", PREFLIGHT_VARY);
        String origin = allowed(request);
        if (origin != null) {
            allow(origin, answer);
            answer.add("Access-Control-Allow-Methods", methods);
            if (!headers.isEmpty()) {
                answer.add("Access-Control-Allow-Headers", headers);
            }
            answer.add("Access-Control-Max-Age", Long.toString(maxAge));
        }
        return answer.build();
    }

    /** The headers of a response, with those of the upstream about CORS replaced. */
    Headers response(Headers received, Headers request) {
        Headers.Builder answer =
                received.without(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-")).toBuilder();
        List<String> vary = received.tokens("Vary");
        if (!vary.contains("origin") && !vary.contains("*")) {
            answer.add("Vary", "Origin");
        }
        String origin = allowed(request);
        if (origin != null) {
            allow(origin, answer);
            if (!expose.isEmpty()) {
                answer.add("Access-Control-Expose-Headers", expose);
            }
        }
        return answer.build();
    }

    private void allow(String origin, Headers.Builder answer) {
        answer.add("Access-Control-Allow-Origin", origin);
        if (credentials) {
            answer.add("Access-Control-Allow-Credentials", "true");
        }
    }

    private @Nullable String allowed(Headers request) {
        if (origins.isAny()) {
            return OriginSet.ANY;
        }
        List<String> sent = request.all("Origin");
        return sent.size() == 1 && origins.contains(sent.getFirst()) ? sent.getFirst() : null;
    }
}
