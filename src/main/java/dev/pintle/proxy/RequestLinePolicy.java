package dev.pintle.proxy;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.HttpToken;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import org.jspecify.annotations.Nullable;

/**
 * Rejects invalid request lines that the server accepts: methods that are not tokens (RFC 9110 section 9.1), and
 * queries with bytes that RFC 3986 section 3.4 forbids.
 */
public final class RequestLinePolicy implements Policy {

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (!HttpToken.matches(request.method())) {
            return ProblemResponses.answer(exchange.context(), ErrorCode.BAD_REQUEST, "the method is not a token");
        }
        return isValidQuery(request.query())
                ? next.handle(exchange)
                : ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.BAD_REQUEST,
                        "the query contains a byte that must be percent-encoded, or a fragment");
    }

    private static boolean isValidQuery(@Nullable String query) {
        for (int i = 0; query != null && i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }
}
