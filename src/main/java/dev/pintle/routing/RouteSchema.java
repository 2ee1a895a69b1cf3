package dev.pintle.routing;

import dev.pintle.config.DocumentSchema;
import dev.pintle.config.SettingsType;
import dev.pintle.policy.PolicyTypes;
import dev.pintle.policy.redirect.RedirectType;
import dev.pintle.policy.respond.RespondType;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.circuitbreaker.CircuitBreakerType;
import java.util.List;
import java.util.stream.Stream;

/** The keys of route documents and of the defaults document. */
public final class RouteSchema {
    /** Settings of routes and of the defaults that are not policies. */
    public static final List<SettingsType<?>> NO_POLICIES = List.of(CircuitBreakerType.TYPE);

    /** The keys that say what happens to requests. A route has exactly one of them. */
    public static final List<SettingsType<?>> OUTCOMES =
            List.of(UpstreamType.TYPE, RedirectType.TYPE, RespondType.TYPE);

    /** The keys of all documents. */
    public static final DocumentSchema SCHEMA = new DocumentSchema(
            OUTCOMES,
            Stream.concat(PolicyTypes.ALL.stream().filter(type -> !OUTCOMES.contains(type)), NO_POLICIES.stream())
                    .toList());

    private RouteSchema() {}
}
