package dev.pintle.policy.rewrite;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.Set;
import java.util.regex.Pattern;

/** Counts {@code Max-Forwards} of OPTIONS and TRACE down, and answers as the last recipient at zero (RFC 9110 section 7.6.2). */
public final class MaxForwards implements Policy {
    private static final Set<String> METHODS = Set.of("OPTIONS", "TRACE");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        String value = METHODS.contains(request.method()) ? request.headers().first("Max-Forwards") : null;
        if (value == null) {
            return next.handle(exchange);
        }
        if (!NUMBER.matcher(value).matches()) {
            return Problem.answer(exchange.facts(), Code.BAD_REQUEST, "Max-Forwards must be a whole number");
        }
        int left = Integer.parseInt(value);
        if (left > 0) {
            Headers counted = request.headers().toBuilder()
                    .set("Max-Forwards", Integer.toString(left - 1))
                    .build();
            return next.handle(exchange.with(request.withHeaders(counted)));
        }
        return request.method().equals("OPTIONS")
                ? new Answer(200, Headers.of("Content-Length", "0"), Body.EMPTY)
                : Problem.answer(exchange.facts(), Code.UNSUPPORTED, "the gateway does not answer TRACE itself");
    }
}
