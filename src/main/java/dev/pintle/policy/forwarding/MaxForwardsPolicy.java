package dev.pintle.policy.forwarding;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decrements {@code Max-Forwards} of OPTIONS and TRACE. At zero the gateway is the final recipient and responds (RFC
 * 9110 section 7.6.2).
 */
public final class MaxForwardsPolicy implements Policy {
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
            return ProblemResponses.answer(
                    exchange.context(), ErrorCode.BAD_REQUEST, "Max-Forwards must be a whole number");
        }
        int left = Integer.parseInt(value);
        if (left > 0) {
            Headers counted = request.headers().toBuilder()
                    .set("Max-Forwards", Integer.toString(left - 1))
                    .build();
            return next.handle(exchange.with(request.withHeaders(counted)));
        }
        return request.method().equals("OPTIONS")
                ? new FinalResponse(200, Headers.of("Content-Length", "0"), Body.EMPTY)
                : ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.UNSUPPORTED,
                        "the gateway does not support TRACE; use a Max-Forwards above 0");
    }
}
