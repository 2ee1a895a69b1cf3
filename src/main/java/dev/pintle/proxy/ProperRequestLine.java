package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses request lines that the server lets through and no upstream should get: methods that are no token (RFC 9110 section
 * 9.1), and queries with octets that no query may hold (RFC 3986 section 3.4).
 */
public final class ProperRequestLine implements Policy {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (!TOKEN.matcher(request.method()).matches()) {
            return Problem.answer(exchange.facts(), Code.BAD_REQUEST, "the method is no token");
        }
        return isProper(request.query())
                ? next.handle(exchange)
                : Problem.answer(
                        exchange.facts(),
                        Code.BAD_REQUEST,
                        "the query holds an octet that must be percent-encoded, or a fragment follows it");
    }

    private static boolean isProper(@Nullable String query) {
        return query == null || query.chars().allMatch(octet -> octet > ' ' && octet < 0x7f && octet != '#');
    }
}
