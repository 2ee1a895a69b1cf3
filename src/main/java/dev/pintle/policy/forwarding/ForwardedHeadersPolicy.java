package dev.pintle.policy.forwarding;

import dev.pintle.http.Client;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway must do to the fields of a message that it passes on: take away those of the connection, say whom it speaks
 * for ({@code X-Forwarded-*}, {@code Forwarded} of RFC 7239) and that it was here ({@code Via} of RFC 9110 section 7.6.3),
 * and carry the trace. Stripping comes first, so that {@code Connection} cannot name away what is set here.
 */
public final class ForwardedHeadersPolicy implements Policy {
    private static final Set<String> FORWARDING = Set.of("forwarded", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";
    /** Set anew below, whoever sent it. */
    private static final Set<String> REPLACED = Set.of("x-trace-id", "traceparent");

    private final boolean preserveHost;
    private final @Nullable String strippedPrefix;

    /**
     * What differs from route to route.
     *
     * @param preserveHost whether the upstream sees the host that the client asked for
     * @param strippedPrefix the path that was cut off, told as {@code X-Forwarded-Prefix}; null when none was
     */
    public ForwardedHeadersPolicy(boolean preserveHost, @Nullable String strippedPrefix) {
        this.preserveHost = preserveHost;
        this.strippedPrefix = strippedPrefix;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        GatewayRequest passedOn = request.withHeaders(requestHeaders(exchange))
                .withBody(request.body().withoutTrailers(TrailerFilter::isForbidden))
                .withAuthority(preserveHost ? request.authority() : "");
        return switch (next.handle(exchange.with(passedOn))) {
            case FinalResponse answer ->
                answer.withHeaders(responseHeaders(answer.headers()))
                        .withBody(answer.body().withoutTrailers(TrailerFilter::isForbidden));
        };
    }

    private Headers requestHeaders(Exchange exchange) {
        Client client = exchange.client();
        Headers.Builder headers = HopByHopHeaders.stripped(
                exchange.request().headers(), lower -> isDropped(lower, client.trusted(), exchange));
        if (client.acceptsTrailers()) {
            headers.add("TE", "trailers").add("Connection", "TE");
        }
        if (!mayExpect(exchange.request(), client)) {
            headers.remove("Expect");
        }
        forwarded(headers, exchange, client);
        return headers.add("Via", version(client.protocol()) + " pintle")
                .add("X-Trace-ID", exchange.context().trace().id().hex())
                .add("traceparent", exchange.context().trace().parent())
                .build();
    }

    /** A request without content has nothing to wait with, and HTTP/1.0 knows no interim response (RFC 9110 section 10.1.1). */
    private static boolean mayExpect(GatewayRequest request, Client client) {
        return request.body().length() != 0 && !client.protocol().equals("HTTP/1.0");
    }

    /** Whether a field, whose name is given in lower case, says whom a request was made for. */
    static boolean isForwarding(String lower) {
        return FORWARDING.contains(lower) || lower.startsWith(FORWARDING_PREFIX);
    }

    private static boolean isDropped(String lower, boolean trusted, Exchange exchange) {
        return REPLACED.contains(lower)
                || (!trusted && isForwarding(lower))
                || (lower.equals("tracestate") && !exchange.context().trace().continued());
    }

    private void forwarded(Headers.Builder headers, Exchange exchange, Client client) {
        GatewayRequest request = exchange.request();
        Headers kept = client.trusted() ? request.headers() : Headers.EMPTY;
        String addresses = String.join(", ", kept.all("X-Forwarded-For"));
        headers.set("X-Forwarded-For", addresses.isEmpty() ? client.peer() : addresses + ", " + client.peer());
        setUnlessKept(headers, kept, "X-Forwarded-Proto", request.scheme());
        if (!request.authority().isEmpty()) {
            setUnlessKept(headers, kept, "X-Forwarded-Host", request.authority());
        }
        setUnlessKept(headers, kept, "X-Forwarded-Port", Integer.toString(client.port()));
        if (strippedPrefix != null) {
            String outer = kept.first("X-Forwarded-Prefix");
            headers.set("X-Forwarded-Prefix", outer == null ? strippedPrefix : outer + strippedPrefix);
        }
        headers.add("Forwarded", element(request, client));
    }

    private static void setUnlessKept(Headers.Builder headers, Headers kept, String name, String value) {
        if (!kept.has(name)) {
            headers.add(name, value);
        }
    }

    private static String element(GatewayRequest request, Client client) {
        String peer = client.peer();
        String forWhom = peer.indexOf(':') >= 0 ? "\"[" + peer + "]\"" : peer;
        String host = request.authority().isEmpty() ? "" : ";host=\"" + request.authority() + '"';
        return "for=" + forWhom + host + ";proto=" + request.scheme();
    }

    private static Headers responseHeaders(Headers received) {
        return HopByHopHeaders.stripped(received, lower -> false)
                .add("Via", "1.1 pintle")
                .build();
    }

    /** The version of {@code HTTP/1.1} is 1.1; that of HTTP/2 is told as 2.0. */
    private static String version(String protocol) {
        return protocol.substring(protocol.indexOf('/') + 1);
    }
}
