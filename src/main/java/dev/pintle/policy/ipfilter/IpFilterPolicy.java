package dev.pintle.policy.ipfilter;

import dev.pintle.http.CidrSet;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import org.jspecify.annotations.Nullable;

/** Rejects clients whose address is denied or not allowed. */
final class IpFilterPolicy implements Policy {
    private final @Nullable CidrSet allow;
    private final CidrSet deny;

    /**
     * Creates the policy of a route.
     *
     * @param allow null allows every address that is not denied
     */
    IpFilterPolicy(@Nullable CidrSet allow, CidrSet deny) {
        this.allow = allow;
        this.deny = deny;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        String address = exchange.client().address();
        if (deny.contains(address) || (allow != null && !allow.contains(address))) {
            return ProblemResponses.answer(
                    exchange.context(),
                    ErrorCode.FORBIDDEN,
                    "ipFilter of this route rejects the client address " + address);
        }
        return next.handle(exchange);
    }
}
