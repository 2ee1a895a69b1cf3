package dev.pintle.introspection;

import dev.pintle.config.PathSyntax;
import dev.pintle.http.Body;
import dev.pintle.http.CidrSet;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves introspection on the gateway port. Health and readiness are public, as one word. The other pages require a
 * direct request: from an allowed peer, without forwarding headers, and with an IP address or localhost as {@code
 * Host}, which prevents DNS rebinding by a web page. For all other requests these paths are 404, even under a route
 * that matches them.
 */
public final class IntrospectionPolicy implements Policy {
    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:(?<name>localhost)|(?<ipv4>[0-9.]+)|\\[(?<ipv6>[0-9a-f:.]+)])(?::[0-9]*)?", Pattern.CASE_INSENSITIVE);

    private final NodeStatus nodeStatus;
    private final CidrSet allowed;

    /**
     * Creates the policy of one node.
     *
     * @param allowed the networks whose direct requests see all pages
     */
    public IntrospectionPolicy(NodeStatus nodeStatus, CidrSet allowed) {
        this.nodeStatus = nodeStatus;
        this.allowed = allowed;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (!PathSyntax.RESERVED.contains(request.path())) {
            return next.handle(exchange);
        }
        IntrospectionResponse page;
        try {
            page = page(exchange);
        } catch (IllegalArgumentException e) {
            return ProblemResponses.answer(exchange.context(), ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (page == null) {
            return ProblemResponses.noRoute(exchange.context(), request);
        }
        return switch (request.method()) {
            case "GET" -> answer(page, true);
            case "HEAD" -> answer(page, false);
            default ->
                ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.UNSUPPORTED,
                        405,
                        "this path supports only GET and HEAD",
                        Headers.of("Allow", "GET, HEAD"));
        };
    }

    private @Nullable IntrospectionResponse page(Exchange exchange) {
        return switch (exchange.request().path()) {
            case "/__health" -> nodeStatus.healthPage();
            case "/__ready" -> nodeStatus.ready();
            case "/__routes" -> isDirect(exchange) ? nodeStatus.routes(pageRequest(exchange)) : null;
            case "/__circuit" -> isDirect(exchange) ? nodeStatus.circuits(pageRequest(exchange)) : null;
            case "/__limits" -> isDirect(exchange) ? nodeStatus.limits(pageRequest(exchange)) : null;
            case "/__metrics" ->
                isDirect(exchange)
                        ? nodeStatus.metrics(exchange.request().headers().first("Accept"))
                        : null;
            default -> null;
        };
    }

    private static PageRequest pageRequest(Exchange exchange) {
        return PageRequest.of(exchange.request().query());
    }

    private boolean isDirect(Exchange exchange) {
        GatewayRequest request = exchange.request();
        return allowed.contains(exchange.client().peer())
                && isAddressOrLocalhost(request.authority())
                && request.headers()
                                .without(IntrospectionPolicy::isForwardingHeader)
                                .size()
                        == request.headers().size();
    }

    /** Whether the authority is an IP address or localhost. DNS rebinding cannot produce such an authority. */
    private static boolean isAddressOrLocalhost(String authority) {
        Matcher form = AUTHORITY.matcher(authority);
        return form.matches()
                && (form.group("name") != null || isAddress(form.group("ipv4")) || isAddress(form.group("ipv6")));
    }

    private static boolean isAddress(@Nullable String text) {
        return text != null && CidrSet.canonical(text) != null;
    }

    private static boolean isForwardingHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FORWARDING.contains(lower) || lower.startsWith(FORWARDING_PREFIX);
    }

    private static FinalResponse answer(IntrospectionResponse page, boolean withBody) {
        byte[] content = page.content().getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.of(
                "Content-Type",
                page.mediaType(),
                "Content-Length",
                Integer.toString(content.length),
                "Cache-Control",
                "no-store",
                "X-Content-Type-Options",
                "nosniff");
        return new FinalResponse(page.status(), headers, withBody ? Body.of(content) : Body.EMPTY);
    }
}
