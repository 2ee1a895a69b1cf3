package dev.pintle.policy.grpcweb;

import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Grpc;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.TunnelResponse;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates gRPC-Web requests and their responses. Other requests pass unchanged. */
final class GrpcWebPolicy implements Policy {
    private static final Pattern TYPE = Pattern.compile("(?i)application/grpc-web(?<text>-text)?(?<rest>([+;].*)?)");

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        String sent = exchange.request().headers().first("Content-Type");
        Matcher type = TYPE.matcher(sent == null ? "" : sent.strip());
        if (!type.matches()) {
            return next.handle(exchange);
        }
        boolean text = type.group("text") != null;
        return switch (next.handle(exchange.with(request(exchange.request(), type.group("rest"), text)))) {
            case FinalResponse answer -> response(answer, text);
            case TunnelResponse tunnel -> tunnel;
        };
    }

    private static GatewayRequest request(GatewayRequest request, String rest, boolean text) {
        Headers headers = request.headers().toBuilder()
                .set("Content-Type", "application/grpc" + rest)
                .set("TE", "trailers")
                .remove("Content-Length")
                .build();
        GatewayRequest translated = request.withHeaders(headers);
        return text ? translated.withBody(new DecodedBody(request.body())) : translated;
    }

    private static FinalResponse response(FinalResponse answer, boolean text) {
        if (!Grpc.isIn(answer.headers())) {
            return answer;
        }
        String type = String.valueOf(answer.headers().first("Content-Type")).toLowerCase(Locale.ROOT);
        Headers headers = answer.headers().toBuilder()
                .set("Content-Type", type.replaceFirst("grpc", text ? "grpc-web-text" : "grpc-web"))
                .remove("Content-Length")
                .build();
        FinalResponse translated = answer.withHeaders(headers);
        // The status of a response without messages is in its head, which browsers can read.
        return answer.body().length() == 0 ? translated : translated.withBody(new WebBody(answer.body(), text));
    }
}
