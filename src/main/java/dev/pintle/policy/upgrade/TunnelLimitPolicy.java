package dev.pintle.policy.upgrade;

import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.TunnelResponse;
import dev.pintle.policy.concurrency.ConcurrencyLimitPolicy;
import dev.pintle.policy.concurrency.ConcurrencyLimiter;

/** Bounds the number of open tunnels. A handshake counts until it is refused or its tunnel ends. */
final class TunnelLimitPolicy implements Policy {
    private final ConcurrencyLimiter limiter;
    private final String name;

    /** @param name of the limit, for the client */
    TunnelLimitPolicy(ConcurrencyLimiter limiter, String name) {
        this.limiter = limiter;
        this.name = name;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        if (exchange.request().webSocket() == null) {
            return next.handle(exchange);
        }
        if (!limiter.tryAcquire()) {
            return ConcurrencyLimitPolicy.rejected(exchange, name + ", " + limiter.max() + ", is reached");
        }
        boolean open = false;
        try {
            GatewayResponse response = next.handle(exchange);
            open = response instanceof TunnelResponse;
            return switch (response) {
                case FinalResponse refused -> refused;
                case TunnelResponse tunnel -> tunnel.onClose(limiter::release);
            };
        } finally {
            if (!open) {
                limiter.release();
            }
        }
    }
}
