package dev.pintle.policy.cors;

import dev.pintle.http.GatewayRequest;
import dev.pintle.http.HttpToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The question of a browser whether a page may send a request (Fetch Standard, CORS-preflight fetch). */
public final class Preflight {
    private Preflight() {}

    /** The method that a preflight asks for; null when the request is none. */
    public static @Nullable String method(GatewayRequest request) {
        if (!request.method().equals("OPTIONS") || !request.headers().has("Origin")) {
            return null;
        }
        List<String> asked = request.headers().all("Access-Control-Request-Method");
        return asked.size() == 1 && HttpToken.matches(asked.getFirst()) ? asked.getFirst() : null;
    }
}
