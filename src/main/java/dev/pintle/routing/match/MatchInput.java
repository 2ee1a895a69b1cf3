package dev.pintle.routing.match;

import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.routing.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request, parsed for the routes of one matcher. Each part is parsed on first use and at most once, for any number of
 * routes and path interpretations. Used by one thread.
 */
public final class MatchInput {
    private final GatewayRequest request;
    private final Function<@Nullable String, QueryParameters> queryReader;
    private final String host;
    private final List<PathIndex> indexes;
    private @Nullable QueryParameters query;
    private @Nullable Map<String, Set<String>> headers;

    /**
     * Creates an input that has parsed nothing yet.
     *
     * @param indexes the path indexes for the host of the request, the most specific first
     * @param queryReader parses the query
     */
    MatchInput(
            GatewayRequest request,
            String host,
            List<PathIndex> indexes,
            Function<@Nullable String, QueryParameters> queryReader) {
        this.request = request;
        this.host = host;
        this.indexes = indexes;
        this.queryReader = queryReader;
    }

    /** Finds the route for the request as if it had this path. */
    public @Nullable Route find(String path) {
        for (PathIndex index : indexes) {
            Route route = index.find(path, this);
            if (route != null) {
                return route;
            }
        }
        return null;
    }

    String method() {
        return request.method();
    }

    /** Returns the path as the client sent it. */
    public String path() {
        return request.path();
    }

    /** Returns the host in lower case, without port and trailing dot. */
    String host() {
        return host;
    }

    boolean has(QueryTerm wanted) {
        if (query == null) {
            query = queryReader.apply(request.query());
        }
        return query.has(wanted);
    }

    /**
     * Returns whether the request has a header.
     *
     * @param lowerName the name in lower case
     * @param value the value, or {@value QueryTerm#PRESENT} for any
     */
    boolean hasHeader(String lowerName, String value) {
        if (headers == null) {
            headers = byName(request.headers());
        }
        Set<String> values = headers.getOrDefault(lowerName, Set.of());
        return value.equals(QueryTerm.PRESENT) ? !values.isEmpty() : values.contains(value);
    }

    private static Map<String, Set<String>> byName(Headers headers) {
        Map<String, Set<String>> byName = new HashMap<>();
        headers.forEach((name, value) -> byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new HashSet<>(2))
                .add(value));
        return byName;
    }
}
