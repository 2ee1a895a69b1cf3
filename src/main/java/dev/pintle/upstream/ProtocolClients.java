package dev.pintle.upstream;

import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.http2.ProtocolNotSelectedException;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hc.client5.http.HttpRoute;

/** Sends each request with the client for the protocol of its target. Thread-safe. */
public final class ProtocolClients implements UpstreamClient {
    /** How long a target that selected HTTP/1.1 is not asked again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final UpstreamClient http1;
    private final UpstreamClient http2;
    private final Ticker ticker;

    /** The targets that selected HTTP/1.1, and when. */
    private final Map<HttpRoute, Long> selectedHttp1 = new ConcurrentHashMap<>();

    public ProtocolClients(UpstreamClient http1, UpstreamClient http2, Ticker ticker) {
        this.http1 = http1;
        this.http2 = http2;
        this.ticker = ticker;
    }

    @Override
    public GatewayResponse send(Target target, Exchange exchange, Timeouts timeouts) {
        return switch (target.protocol()) {
            case HTTP1 -> http1.send(target, exchange, timeouts);
            case H2, H2C -> http2.send(target, exchange, timeouts);
            case AUTO -> negotiated(target, exchange, timeouts);
        };
    }

    /** The one account of the connections of both protocols. */
    @Override
    public List<ConnectionUsage> usage() {
        return ConnectionUsage.merged(Stream.concat(http1.usage().stream(), http2.usage().stream()));
    }

    private GatewayResponse negotiated(Target target, Exchange exchange, Timeouts timeouts) {
        // A WebSocket handshake is HTTP/1.1.
        if (exchange.request().webSocket() != null || hasSelectedHttp1(target)) {
            return http1.send(target, exchange, timeouts);
        }
        try {
            return http2.send(target, exchange, timeouts);
        } catch (ProtocolNotSelectedException e) {
            selectedHttp1.put(target.route(), ticker.nanos());
            return http1.send(target, exchange, timeouts);
        }
    }

    private boolean hasSelectedHttp1(Target target) {
        Long since = selectedHttp1.get(target.route());
        if (since == null) {
            return false;
        }
        boolean current = ticker.nanos() - since < REMEMBERED.toNanos();
        if (!current) {
            selectedHttp1.remove(target.route());
        }
        return current;
    }
}
