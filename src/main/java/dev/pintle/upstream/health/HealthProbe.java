package dev.pintle.upstream.health;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Headers;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Stopwatch;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.target.AttemptOutcome;
import dev.pintle.upstream.target.InternalExchange;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the health of a target over the same connection pool as requests. Thread-safe. */
final class HealthProbe {
    private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);
    private static final Headers FIELDS = Headers.of("User-Agent", "pintle-health-check", "Accept", "*/*");

    private final UpstreamClient client;
    private final Ticker ticker;
    private final RandomGenerator random;

    HealthProbe(UpstreamClient client, Ticker ticker, RandomGenerator random) {
        this.client = client;
        this.ticker = ticker;
        this.random = random;
    }

    /** Probes once. A status from 200 to 399 within the timeout is a success. A failure in this node does not count. */
    AttemptOutcome probe(Target target, HealthCheckSettings settings) {
        Duration timeout = settings.timeout();
        Stopwatch stopwatch = new Stopwatch(ticker);
        try {
            GatewayResponse answer = client.send(target, exchange(settings), new Timeouts(timeout, timeout, timeout));
            return switch (answer) {
                case FinalResponse response -> outcome(response, settings);
                case TunnelResponse tunnel -> {
                    tunnel.upstream().close();
                    yield AttemptOutcome.failed("switched protocols");
                }
            };
        } catch (ExchangeException e) {
            return stopwatch.nodeStalled() ? AttemptOutcome.NEUTRAL : AttemptOutcome.of(e);
        } catch (RuntimeException e) {
            LOG.error("The health check of {} failed in the gateway. It is not counted against the target.", target, e);
            return AttemptOutcome.NEUTRAL;
        }
    }

    private static AttemptOutcome outcome(FinalResponse response, HealthCheckSettings settings) {
        try {
            if (settings.grpcService() != null) {
                return GrpcHealth.outcome(response);
            }
            return response.status() < 400
                    ? AttemptOutcome.SUCCESS
                    : AttemptOutcome.failed("answered " + response.status());
        } catch (IOException e) {
            return AttemptOutcome.failed("broke its answer off: " + e.getMessage());
        } finally {
            response.body().close();
        }
    }

    private Exchange exchange(HealthCheckSettings settings) {
        String service = settings.grpcService();
        GatewayRequest request = service == null
                ? new GatewayRequest("GET", "http", "", settings.path(), null, FIELDS, Body.EMPTY)
                : GrpcHealth.request(service);
        return InternalExchange.of(request, settings.timeout(), ticker, random);
    }
}
