package dev.pintle.policy.forwarding;

import dev.pintle.http.Client;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.HeaderNameSet;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.RequestOrigin;
import dev.pintle.http.TunnelResponse;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adapts the headers of forwarded messages as RFC 9110 requires of a gateway: removes hop-by-hop headers, and adds
 * {@code X-Forwarded-*}, {@code Forwarded} (RFC 7239), {@code Via} (RFC 9110 section 7.6.3) and the trace context. It
 * removes first, so that a {@code Connection} header cannot remove the added headers.
 */
final class ForwardedHeadersPolicy implements Policy {
    private static final String VIA_HTTP_1_1 = "1.1 pintle";
    /** The usual number of headers that a request gets. */
    private static final int ADDED = 8;

    private static final HeaderNameSet FORWARDING = HeaderNameSet.of("forwarded", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";
    /** Replaced even when a trusted proxy sent them, because all of them describe the same hop. */
    private static final HeaderNameSet REPLACED = HeaderNameSet.of(
            "x-trace-id", "traceparent", "forwarded", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");

    private final boolean preserveHost;
    private final @Nullable String strippedPrefix;
    private final CertificateForwarding certificates;

    /**
     * Creates the policy of a route.
     *
     * @param preserveHost whether the upstream receives the host that the client requested
     * @param strippedPrefix the removed path prefix for {@code X-Forwarded-Prefix}; null when no prefix is removed
     */
    ForwardedHeadersPolicy(boolean preserveHost, @Nullable String strippedPrefix, CertificateForwarding certificates) {
        this.certificates = certificates;
        this.preserveHost = preserveHost;
        this.strippedPrefix = strippedPrefix;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        GatewayRequest forwardedRequest = request.withHeaders(requestHeaders(exchange))
                .withBody(request.body().withoutTrailers(TrailerFilter::isForbidden))
                .withAuthority(preserveHost ? request.authority() : "");
        return switch (next.handle(exchange.with(forwardedRequest))) {
            case FinalResponse answer ->
                answer.withHeaders(responseHeaders(answer.headers()))
                        .withBody(answer.body().withoutTrailers(TrailerFilter::isForbidden));
            case TunnelResponse tunnel -> tunnel.withHeaders(responseHeaders(tunnel.headers()));
        };
    }

    private Headers requestHeaders(Exchange exchange) {
        Client client = exchange.client();
        Headers.Builder headers = HopByHopHeaders.stripped(
                exchange.request().headers(), name -> isDropped(name, client.trusted(), exchange), ADDED);
        if (client.acceptsTrailers()) {
            headers.add("TE", "trailers").add("Connection", "TE");
        }
        if (!mayExpect(exchange.request(), client)) {
            headers.remove("Expect");
        }
        forwarded(headers, exchange, client);
        certificate(headers, client);
        return headers.add("Via", via(client.protocol()))
                .add("X-Trace-ID", exchange.context().trace().id().hex())
                .add("traceparent", exchange.context().trace().parent())
                .build();
    }

    /**
     * Returns whether {@code Expect} is forwarded. A request without content does not wait, and HTTP/1.0 has no interim
     * responses (RFC 9110 section 10.1.1).
     */
    private static boolean mayExpect(GatewayRequest request, Client client) {
        return request.body().length() != 0 && !client.protocol().equals("HTTP/1.0");
    }

    /** Returns whether a header identifies the client of a request. */
    static boolean isForwarding(String name) {
        return FORWARDING.contains(name)
                || CertificateForwarding.isAbout(name)
                || name.regionMatches(true, 0, FORWARDING_PREFIX, 0, FORWARDING_PREFIX.length());
    }

    private boolean isDropped(String name, boolean trusted, Exchange exchange) {
        return REPLACED.contains(name)
                || (!trusted && isForwarding(name))
                || (certificates != CertificateForwarding.FROM_TRUSTED_PROXY && CertificateForwarding.isAbout(name))
                || (name.equalsIgnoreCase("tracestate")
                        && !exchange.context().trace().continued());
    }

    private void forwarded(Headers.Builder headers, Exchange exchange, Client client) {
        Headers kept = client.trusted() ? exchange.request().headers() : Headers.EMPTY;
        String addresses = String.join(", ", kept.all("X-Forwarded-For"));
        headers.set("X-Forwarded-For", addresses.isEmpty() ? client.peer() : addresses + ", " + client.peer());
        RequestOrigin origin = client.origin();
        headers.add("X-Forwarded-Proto", origin.scheme());
        if (!origin.authority().isEmpty()) {
            headers.add("X-Forwarded-Host", origin.authority());
        }
        headers.add("X-Forwarded-Port", Integer.toString(origin.port()));
        if (strippedPrefix != null) {
            String outer = kept.first("X-Forwarded-Prefix");
            headers.set("X-Forwarded-Prefix", outer == null ? strippedPrefix : outer + strippedPrefix);
        }
        headers.add("Forwarded", forwarded(origin));
    }

    private void certificate(Headers.Builder headers, Client client) {
        X509Certificate certificate = client.certificate();
        if (certificates == CertificateForwarding.VERIFIED && certificate != null) {
            try {
                String base64 = Base64.getEncoder().encodeToString(certificate.getEncoded());
                headers.set(CertificateForwarding.HEADER, ':' + base64 + ':');
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("TLS received the certificate in this encoding", e);
            }
        }
    }

    /**
     * Formats the same values as {@code X-Forwarded-*}. Host and scheme belong to the first hop (RFC 7239 section 4).
     */
    private static String forwarded(RequestOrigin origin) {
        List<String> nodes = origin.nodes();
        StringBuilder forwarded = new StringBuilder(96).append("for=").append(node(nodes.getFirst()));
        String host = origin.authority();
        if (!host.isEmpty() && host.indexOf('"') < 0 && host.indexOf('\\') < 0) {
            forwarded.append(";host=\"").append(host).append('"');
        }
        forwarded.append(";proto=").append(origin.scheme());
        for (String node : nodes.subList(1, nodes.size())) {
            forwarded.append(", for=").append(node(node));
        }
        return forwarded.toString();
    }

    private static String node(String address) {
        return address.indexOf(':') >= 0 ? "\"[" + address + "]\"" : address;
    }

    private static Headers responseHeaders(Headers received) {
        return HopByHopHeaders.stripped(received, name -> false, 1)
                .add("Via", VIA_HTTP_1_1)
                .build();
    }

    /** Names the version that the client used: 2.0 for HTTP/2. */
    private static String via(String protocol) {
        return protocol.equals("HTTP/1.1") ? VIA_HTTP_1_1 : protocol.substring(protocol.indexOf('/') + 1) + " pintle";
    }
}
