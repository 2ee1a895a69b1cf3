package dev.pintle.policy.redirect;

import dev.pintle.http.Body;
import dev.pintle.http.ByteText;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.policy.template.ValueKind;
import dev.pintle.policy.template.ValueTemplate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Redirects every request. */
final class RedirectPolicy implements Policy {
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    /** A browser takes {@code //} and {@code /\} for the beginning of a host. */
    private static final Pattern SLASHES = Pattern.compile("^[/\\\\]+");

    private final ValueTemplate to;
    private final int status;
    private final boolean keepQuery;

    RedirectPolicy(ValueTemplate to, int status, boolean keepQuery) {
        this.to = to;
        this.status = status;
        this.keepQuery = keepQuery;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        String url = to.render(exchange, RedirectPolicy::encoded);
        if (url == null) {
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.BAD_REQUEST,
                    "the redirect of this route needs a value that the request does not have");
        }
        String location = SLASHES.matcher(url).replaceFirst("/");
        String query = exchange.request().query();
        return new FinalResponse(
                status,
                Headers.of(
                        "Location",
                        keepQuery && query != null ? withQuery(location, ByteText.uriSafe(query)) : location,
                        "Content-Length",
                        "0"),
                Body.EMPTY);
    }

    private static @Nullable String encoded(ValueKind kind, String value) {
        return switch (kind) {
            case HOST -> HOST.matcher(value).matches() ? value : null;
            case PATH -> ByteText.uriSafe(value);
            case TEXT -> ByteText.percentEncoded(value);
        };
    }

    private static String withQuery(String location, String query) {
        int hash = location.indexOf('#');
        String url = hash < 0 ? location : location.substring(0, hash);
        String fragment = hash < 0 ? "" : location.substring(hash);
        return url + (url.indexOf('?') < 0 ? '?' : '&') + query.replace("#", "%23") + fragment;
    }
}
