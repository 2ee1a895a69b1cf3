package dev.pintle.policy.externalauth;

import dev.pintle.http.Exchange;

/** Decides about requests. */
@FunctionalInterface
interface Authorizer {
    /** Decides about a request, blocking. */
    Decision decide(Exchange exchange);
}
