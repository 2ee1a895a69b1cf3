package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Trace;
import dev.pintle.exchange.TraceId;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a target whether it is well, over the connections that requests take, too. Safe for all threads. */
final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final Headers FIELDS = Headers.of("User-Agent", "pintle-health-check", "Accept", "*/*");

    private final Sender sender;
    private final Ticker ticker;
    private final RandomGenerator random;

    Prober(Sender sender, Ticker ticker, RandomGenerator random) {
        this.sender = sender;
        this.ticker = ticker;
        this.random = random;
    }

    /** Whether the target answers 200 to 399 in time. */
    boolean isWell(Target target, HealthCheckSettings settings) {
        Duration timeout = settings.timeout();
        try {
            Answer answer = sender.send(target, exchange(settings), new Timeouts(timeout, timeout, timeout));
            answer.body().close();
            return answer.status() < 400;
        } catch (Failure e) {
            LOG.debug("Health check: {}", e.sentence());
            return false;
        } catch (RuntimeException e) {
            LOG.error("The health check of {} met a fault of the gateway", target, e);
            return false;
        }
    }

    private Exchange exchange(HealthCheckSettings settings) {
        GatewayRequest request = new GatewayRequest("GET", "http", "", settings.path(), null, FIELDS, Body.EMPTY);
        HexFormat hex = HexFormat.of();
        String span = hex.toHexDigits(random.nextLong() | 1);
        Trace trace = new Trace(new TraceId(hex.toHexDigits(random.nextLong()) + span), span, "00", null);
        return new Exchange(
                request,
                Nobody.INSTANCE,
                new Facts(trace, Nobody.INSTANCE),
                new TimeBudget(settings.timeout(), ticker));
    }
}
