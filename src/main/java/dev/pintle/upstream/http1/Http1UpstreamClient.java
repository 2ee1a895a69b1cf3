package dev.pintle.upstream.http1;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.GatewayResponse;
import dev.pintle.telemetry.ConnectionUsage;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.target.Target;
import dev.pintle.upstream.target.Timeouts;
import dev.pintle.upstream.target.UpstreamClient;
import java.util.List;

/** Sends requests over HTTP/1.1 through pooled connections of Apache HttpClient. */
public final class Http1UpstreamClient implements UpstreamClient {
    private final ConnectionPool connections;
    private final Watchdog watchdog;

    public Http1UpstreamClient(ConnectionPool connections, Watchdog watchdog) {
        this.connections = connections;
        this.watchdog = watchdog;
    }

    @Override
    public GatewayResponse send(Target target, Exchange exchange, Timeouts timeouts) {
        UpstreamRequest message = new UpstreamRequest(target, exchange.request());
        Http1Exchange attempt = begin(target, exchange, timeouts);
        try {
            return attempt.run(message);
        } catch (ExchangeException failure) {
            // Upstreams may close idle connections at any time; that does not count as a failure.
            if (attempt.failedOnStaleConnection(failure)
                    && (attempt.sentNothing()
                            || mayBeSentTwice(message, exchange.request().body()))) {
                return begin(target, exchange, timeouts).onFreshConnection().run(message);
            }
            throw failure;
        }
    }

    @Override
    public List<ConnectionUsage> usage() {
        return connections.usage();
    }

    private Http1Exchange begin(Target target, Exchange exchange, Timeouts timeouts) {
        return Http1Exchange.begin(connections, watchdog, target, exchange, timeouts);
    }

    private static boolean mayBeSentTwice(UpstreamRequest message, Body body) {
        return message.isIdempotent() && (body.length() == 0 || body.rewind());
    }
}
