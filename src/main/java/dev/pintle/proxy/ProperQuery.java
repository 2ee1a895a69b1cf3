package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import org.jspecify.annotations.Nullable;

/** Refuses queries that hold what no query may hold (RFC 3986 section 3.4): they could not be passed on octet by octet. */
public final class ProperQuery implements Policy {
    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        return isProper(exchange.request().query())
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
