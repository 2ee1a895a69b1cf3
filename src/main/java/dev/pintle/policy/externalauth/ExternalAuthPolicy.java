package dev.pintle.policy.externalauth;

import dev.pintle.http.ConnectionHeader;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FailureKind.FaultParty;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.HeaderNames;
import dev.pintle.http.Headers;
import dev.pintle.http.OutboundClient;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks an authorization service about each request, and heeds its answer. */
final class ExternalAuthPolicy implements Policy {
    private final AuthorizationQuestion question;
    private final OutboundClient outbound;
    private final Duration timeout;
    private final List<String> upstreamHeaders;
    private final Set<String> vouched;
    private final List<String> clientHeaders;
    private final boolean allowsOnFailure;
    private final RouteMetrics metrics;
    private final Ticker ticker;

    ExternalAuthPolicy(
            AuthorizationQuestion question,
            OutboundClient outbound,
            Duration timeout,
            List<String> upstreamHeaders,
            List<String> clientHeaders,
            boolean allowsOnFailure,
            RouteMetrics metrics,
            Ticker ticker) {
        this.question = question;
        this.outbound = outbound;
        this.timeout = timeout;
        this.upstreamHeaders = List.copyOf(upstreamHeaders);
        this.vouched = upstreamHeaders.stream().map(HeaderNames::folded).collect(Collectors.toUnmodifiableSet());
        this.clientHeaders = List.copyOf(clientHeaders);
        this.allowsOnFailure = allowsOnFailure;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        long start = ticker.nanos();
        FinalResponse answer;
        try {
            answer = outbound.send(question.service().server(), question.about(exchange, timeout), timeout);
        } catch (ExchangeException e) {
            rethrowUnlessOfService(e);
            return failed(exchange, next, e.sentence());
        } finally {
            metrics.externalAuthAnswered(ticker.nanos() - start);
        }
        int status = answer.status();
        if (Refusal.isOne(status)) {
            return refused(exchange, next, answer);
        }
        answer.body().close();
        return status >= 200 && status < 300
                ? admitted(exchange, next, answer.headers())
                : failed(exchange, next, "it answered " + status);
    }

    private GatewayResponse refused(Exchange exchange, Handler next, FinalResponse answer) {
        try (var body = answer.body()) {
            return Refusal.of(answer.withBody(body), clientHeaders, timeout, ticker);
        } catch (IOException e) {
            return failed(exchange, next, String.valueOf(e.getMessage()));
        } catch (ExchangeException e) {
            rethrowUnlessOfService(e);
            return failed(exchange, next, e.sentence());
        }
    }

    private GatewayResponse admitted(Exchange exchange, Handler next, Headers answered) {
        GatewayResponse response = next.handle(with(exchange, answered));
        if (clientHeaders.isEmpty()) {
            return response;
        }
        Headers.Builder headers = response.headers().toBuilder();
        clientHeaders.forEach(name -> answered.all(name).forEach(value -> headers.add(name, value)));
        return response.withHeaders(headers.build());
    }

    /** The request with the headers that the service vouches for, and without those that the client sent in their place. */
    private Exchange with(Exchange exchange, Headers answered) {
        if (vouched.isEmpty()) {
            return exchange;
        }
        Headers.Builder headers =
                ConnectionHeader.withoutNames(exchange.request().headers(), vouched)
                        .without(name -> vouched.contains(HeaderNames.folded(name)))
                        .toBuilder();
        upstreamHeaders.forEach(name -> answered.all(name).forEach(value -> headers.add(name, value)));
        return exchange.with(exchange.request().withHeaders(headers.build()));
    }

    private GatewayResponse failed(Exchange exchange, Handler next, String cause) {
        return allowsOnFailure
                ? next.handle(with(exchange, Headers.EMPTY))
                : ProblemResponses.answer(
                        exchange.context(),
                        ErrorCode.IDENTITY_UNAVAILABLE,
                        "the authorization service " + question.service().server() + " gave no usable answer: "
                                + cause);
    }

    private static void rethrowUnlessOfService(ExchangeException e) {
        if (e.kind().faultParty() == FaultParty.CLIENT || e.kind() == FailureKind.SHUTDOWN) {
            throw e;
        }
    }
}
