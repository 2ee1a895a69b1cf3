package dev.pintle.policy.rewrite;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.policy.template.ValueTemplate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes the path of the route from the path of the request, adds a prefix, and changes the query. All other bytes stay
 * unchanged. The path guard guarantees that the path of the route is a literal prefix.
 */
public final class RewritePolicy implements Policy {
    private final int cut;
    private final String prefix;
    private final QueryRewrite query;
    private final @Nullable String host;

    /**
     * Creates a rewrite.
     *
     * @param cut the path to remove; empty for none
     * @param prefix the path to add before the rest; empty for none
     * @param host null: the upstream receives the host that it would receive anyway
     */
    RewritePolicy(String cut, String prefix, QueryRewrite query, @Nullable String host) {
        this.cut = withoutEndingSlash(cut).length();
        this.prefix = withoutEndingSlash(prefix);
        this.query = query;
        this.host = host;
    }

    /** Returns whether the upstream can receive another path, query or host than without the policy. */
    boolean changesAnything() {
        return cut > 0 || !prefix.isEmpty() || !query.changesNothing() || host != null;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        return next.handle(exchange.with(request.withPath(path(request.path()))
                .withQuery(query(request.query(), template -> template.render(exchange)))
                .withAuthority(host == null ? request.authority() : host)));
    }

    /** Returns the path that the upstream receives. */
    public String path(String path) {
        String rest = path.substring(Math.min(cut, path.length()));
        String whole = prefix + rest;
        return whole.isEmpty() ? "/" : whole;
    }

    /**
     * Returns the query that the upstream receives.
     *
     * @param values gives the value of a template; null when it has none
     */
    public @Nullable String query(@Nullable String sent, Function<ValueTemplate, @Nullable String> values) {
        return query.changesNothing() ? sent : query.rewritten(sent, values);
    }

    private static String withoutEndingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
