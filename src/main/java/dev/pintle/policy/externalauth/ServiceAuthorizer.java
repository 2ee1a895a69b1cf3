package dev.pintle.policy.externalauth;

import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FailureKind.FaultParty;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.OutboundClient;
import dev.pintle.telemetry.RouteMetrics;
import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Asks an authorization service about each request.
 *
 * @param upstreamHeaders headers of an admission that the upstream receives
 * @param clientHeaders headers of the answer that the client receives
 */
record ServiceAuthorizer(
        AuthorizationQuestion question,
        OutboundClient outbound,
        Duration timeout,
        List<String> upstreamHeaders,
        List<String> clientHeaders,
        RouteMetrics metrics,
        Ticker ticker)
        implements Authorizer {
    @Override
    public Decision decide(Exchange exchange) {
        long start = ticker.nanos();
        FinalResponse answer;
        try {
            answer = outbound.send(question.service().server(), question.about(exchange, timeout), timeout);
        } catch (ExchangeException e) {
            return failure(e);
        } finally {
            metrics.externalAuthAnswered(ticker.nanos() - start);
        }
        int status = answer.status();
        if (Refusal.isOne(status)) {
            return refusal(answer);
        }
        answer.body().close();
        return status >= 200 && status < 300
                ? new Decision.Admission(needed(answer.headers()))
                : new Decision.Failure("it answered " + status);
    }

    private Decision refusal(FinalResponse answer) {
        try (var body = answer.body()) {
            return Refusal.of(answer.withBody(body), clientHeaders, timeout, ticker);
        } catch (IOException e) {
            return new Decision.Failure(String.valueOf(e.getMessage()));
        } catch (ExchangeException e) {
            return failure(e);
        }
    }

    /** @throws ExchangeException unless the service is at fault */
    private static Decision failure(ExchangeException e) {
        if (e.kind().faultParty() == FaultParty.CLIENT || e.kind() == FailureKind.SHUTDOWN) {
            throw e;
        }
        return new Decision.Failure(e.sentence());
    }

    private Headers needed(Headers answered) {
        return answered.without(name -> upstreamHeaders.stream().noneMatch(name::equalsIgnoreCase)
                && clientHeaders.stream().noneMatch(name::equalsIgnoreCase));
    }
}
