package dev.pintle.policy.authentication;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Identity;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.policy.authentication.AuthenticationResult.Absent;
import dev.pintle.policy.authentication.AuthenticationResult.Accepted;
import dev.pintle.policy.authentication.AuthenticationResult.Rejected;
import dev.pintle.policy.authentication.AuthenticationResult.Throttled;
import dev.pintle.telemetry.RouteMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the identity of the client. All credentials that a request presents must be valid: a good key does not excuse a
 * forged token beside it.
 */
final class AuthenticationPolicy implements Policy {
    private static final String NO_METHOD = "none";
    private static final String ACCEPTED = "accepted";
    private static final String ANONYMOUS = "anonymous";

    private final List<AuthenticationMethod> methods;
    private final boolean optional;
    private final @Nullable Boolean forwardCredentials;
    private final String route;
    private final RouteMetrics metrics;

    /** @param forwardCredentials null: tokens are forwarded, keys and passwords are not */
    AuthenticationPolicy(
            List<AuthenticationMethod> methods,
            boolean optional,
            @Nullable Boolean forwardCredentials,
            String route,
            RouteMetrics metrics) {
        this.methods = List.copyOf(methods);
        this.optional = optional;
        this.forwardCredentials = forwardCredentials;
        this.route = route;
        this.metrics = metrics;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        GatewayRequest request = exchange.request();
        if (AuthorizationHeader.isRepeated(request)) {
            return refuse(
                    exchange,
                    NO_METHOD,
                    ErrorCode.CREDENTIALS_INVALID,
                    "the request has several Authorization headers");
        }
        Identity identity = null;
        String by = NO_METHOD;
        for (AuthenticationMethod method : methods) {
            switch (method.authenticate(exchange)) {
                case Absent absent -> {}
                case Rejected(var code, var reason) -> {
                    return refuse(exchange, method.name(), code, reason);
                }
                case Throttled throttled -> {
                    return throttle(exchange, method.name(), throttled);
                }
                case Accepted(var accepted) -> {
                    by = identity == null ? method.name() : by;
                    identity = identity == null ? accepted : identity;
                }
            }
        }
        if (identity == null && !optional) {
            return refuse(exchange, NO_METHOD, ErrorCode.UNAUTHENTICATED, "the request has no credential");
        }
        metrics.authenticated(by, identity == null ? ANONYMOUS : ACCEPTED);
        exchange.context().identified(identity == null ? Identity.ANONYMOUS : identity);
        return next.handle(exchange.with(forwarded(request)));
    }

    private GatewayRequest forwarded(GatewayRequest request) {
        GatewayRequest forwarded = request;
        for (AuthenticationMethod method : methods) {
            boolean keeps = forwardCredentials == null ? method instanceof TokenMethod : forwardCredentials;
            forwarded = keeps ? forwarded : method.withoutCredentials(forwarded);
        }
        return forwarded;
    }

    private GatewayResponse refuse(Exchange exchange, String method, ErrorCode code, String reason) {
        metrics.authenticated(method, code.text());
        return ProblemResponses.answer(exchange.context(), code, reason, headers(method, code, reason));
    }

    private GatewayResponse throttle(Exchange exchange, String method, Throttled throttled) {
        metrics.authenticated(method, ErrorCode.RATE_LIMITED.text());
        long seconds = throttled.untilNext().plusNanos(999_999_999).toSeconds();
        return ProblemResponses.answer(
                exchange.context(),
                ErrorCode.RATE_LIMITED,
                "too many " + throttled.guesses() + "; retry after " + seconds + " s",
                Headers.of("Retry-After", Long.toString(seconds)));
    }

    /** A client that cannot know better asks again, so a 503 has no challenge. */
    private Headers headers(String method, ErrorCode code, String reason) {
        Headers.Builder headers = Headers.builder();
        if (code == ErrorCode.IDENTITY_UNAVAILABLE) {
            return headers.add("Retry-After", "5").build();
        }
        for (AuthenticationMethod offered : methods) {
            boolean failed = offered.name().equals(method) && offered instanceof TokenMethod;
            String error = failed ? ", error=\"invalid_token\", error_description=\"" + reason + '"' : "";
            headers.add("WWW-Authenticate", offered.challenge(route) + error);
        }
        return headers.build();
    }
}
