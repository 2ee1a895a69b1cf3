package dev.pintle.policy.upgrade;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.WebSocketHandshake;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits WebSocket opening handshakes (RFC 6455 section 4.2.1) and rejects invalid ones before they reach an upstream. Any
 * other {@code Upgrade} is ignored.
 */
final class UpgradePolicy implements Policy {
    private static final List<String> VERSION = List.of("13");
    private static final Headers SUPPORTED_VERSION = Headers.of(WebSocketHandshake.VERSION, "13");
    private static final int KEY_BYTES = 16;

    private final TunnelLimitPolicy nodeLimit;

    UpgradePolicy(TunnelLimitPolicy nodeLimit) {
        this.nodeLimit = nodeLimit;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (!WebSocketHandshake.isIn(request.headers())) {
            return next.handle(exchange);
        }
        if (!request.headers().all(WebSocketHandshake.VERSION).equals(VERSION)) {
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.BAD_REQUEST,
                    "a WebSocket handshake must have one Sec-WebSocket-Version, which is 13",
                    SUPPORTED_VERSION);
        }
        String fault = fault(request, exchange.client().protocol());
        if (fault != null) {
            return ProblemResponses.answer(
                    exchange.context(), ErrorCode.BAD_REQUEST, "a WebSocket handshake must " + fault);
        }
        String key = request.headers().all(WebSocketHandshake.KEY).getFirst();
        return nodeLimit.apply(exchange.with(request.with(WebSocketHandshake.of(key, request.headers()))), next);
    }

    private static @Nullable String fault(GatewayRequest request, String protocol) {
        if (!request.method().equals("GET")) {
            return "be a GET request";
        }
        if (protocol.equals("HTTP/1.0")) {
            return "use HTTP/1.1 or HTTP/2";
        }
        if (request.body().length() != 0) {
            return "have no content";
        }
        List<String> keys = request.headers().all(WebSocketHandshake.KEY);
        return keys.size() == 1 && isKey(keys.getFirst())
                ? null
                : "have one Sec-WebSocket-Key, which is 16 bytes in Base64";
    }

    private static boolean isKey(String key) {
        try {
            byte[] decoded = Base64.getDecoder().decode(key);
            return decoded.length == KEY_BYTES
                    && Base64.getEncoder().encodeToString(decoded).length() == key.length();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
