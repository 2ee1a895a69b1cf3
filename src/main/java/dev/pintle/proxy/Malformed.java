package dev.pintle.proxy;

import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.GatewayResponse;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Policy;
import dev.pintle.exchange.Problem;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses what makes a request of HTTP/2 malformed (RFC 9113 sections 8.2.2 and 8.3.1) and the server lets through. */
public final class Malformed implements Policy {
    private static final List<String> OF_A_CONNECTION =
            List.of("Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade");

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%:\\[\\]-]*");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        String sentence = exchange.client().protocol().equals("HTTP/2.0") ? sentence(exchange.request()) : null;
        return sentence == null ? next.handle(exchange) : Problem.answer(exchange.facts(), Code.BAD_REQUEST, sentence);
    }

    private static @Nullable String sentence(GatewayRequest request) {
        for (String name : OF_A_CONNECTION) {
            if (request.headers().has(name)) {
                return "HTTP/2 has no field " + name + "; leave it out";
            }
        }
        return AUTHORITY.matcher(request.authority()).matches() ? null : "the host is not one";
    }
}
