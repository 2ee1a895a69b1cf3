package dev.pintle.admin;

import dev.pintle.exchange.AddressBlocks;
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
import dev.pintle.route.PathForm;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Introspection on the gateway's port. The words of health and readiness are for anyone. The rest is for those who reach the
 * node directly: from an allowed address, through no proxy, and not through a name that somebody's page could make a browser
 * resolve to here. For others there is nothing at these paths, not even a route's upstream.
 */
public final class Introspection implements Policy {
    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";
    /** No name of DNS ends in a number. */
    private static final Pattern DIRECT_HOST = Pattern.compile("(?i)(localhost|[0-9.]+|\\[[0-9a-f:.]+])(:[0-9]*)?");

    private final NodeReport report;
    private final AddressBlocks allowed;

    /**
     * Introspection for one node.
     *
     * @param allowed the addresses of those who see everything
     */
    public Introspection(NodeReport report, AddressBlocks allowed) {
        this.report = report;
        this.allowed = allowed;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (!PathForm.RESERVED.contains(request.path())) {
            return next.handle(exchange);
        }
        Page page;
        try {
            page = page(exchange);
        } catch (IllegalArgumentException e) {
            return Problem.answer(exchange.facts(), Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (page == null) {
            return Problem.answer(exchange.facts(), Code.NO_ROUTE, "no route takes this method, host and path");
        }
        return switch (request.method()) {
            case "GET" -> answer(page, true);
            case "HEAD" -> answer(page, false);
            default ->
                Problem.answer(
                        exchange.facts(),
                        Code.UNSUPPORTED,
                        405,
                        "this path takes GET and HEAD",
                        Headers.of("Allow", "GET, HEAD"));
        };
    }

    private @Nullable Page page(Exchange exchange) {
        return switch (exchange.request().path()) {
            case "/__health" -> report.healthPage();
            case "/__ready" -> report.ready();
            case "/__routes" -> isDirect(exchange) ? report.routes(slice(exchange)) : null;
            case "/__circuit" -> isDirect(exchange) ? report.circuits(slice(exchange)) : null;
            case "/__limits" -> isDirect(exchange) ? report.limits(slice(exchange)) : null;
            case "/__metrics" ->
                isDirect(exchange) ? report.metrics(exchange.request().headers().first("Accept")) : null;
            default -> null;
        };
    }

    private static Slice slice(Exchange exchange) {
        return Slice.of(exchange.request().query());
    }

    private boolean isDirect(Exchange exchange) {
        GatewayRequest request = exchange.request();
        return allowed.contains(exchange.client().peer())
                && DIRECT_HOST.matcher(request.authority()).matches()
                && request.headers().without(Introspection::tellsOfProxy).size()
                        == request.headers().size();
    }

    private static boolean tellsOfProxy(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FORWARDING.contains(lower) || lower.startsWith(FORWARDING_PREFIX);
    }

    private static Answer answer(Page page, boolean withBody) {
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
        return new Answer(page.status(), headers, withBody ? Body.of(content) : Body.EMPTY);
    }
}
