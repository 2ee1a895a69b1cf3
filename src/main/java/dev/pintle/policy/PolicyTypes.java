package dev.pintle.policy;

import dev.pintle.policy.authentication.AuthenticationType;
import dev.pintle.policy.authorization.AuthorizationType;
import dev.pintle.policy.concurrency.ConcurrencyType;
import dev.pintle.policy.cors.CorsType;
import dev.pintle.policy.externalauth.ExternalAuthType;
import dev.pintle.policy.forwarding.ForwardingType;
import dev.pintle.policy.forwarding.MaxForwardsType;
import dev.pintle.policy.grpcweb.GrpcWebType;
import dev.pintle.policy.headers.HeadersType;
import dev.pintle.policy.ipfilter.IpFilterType;
import dev.pintle.policy.maintenance.MaintenanceType;
import dev.pintle.policy.ratelimit.RateLimitsType;
import dev.pintle.policy.redirect.RedirectType;
import dev.pintle.policy.requestbody.MaxRequestBodyType;
import dev.pintle.policy.respond.RespondType;
import dev.pintle.policy.retry.RetryType;
import dev.pintle.policy.rewrite.RewriteType;
import dev.pintle.policy.timeout.TimeoutType;
import dev.pintle.policy.upgrade.MaxTunnelsType;
import dev.pintle.policy.upgrade.UpgradeType;
import java.util.List;

/** Lists all policies. */
public final class PolicyTypes {
    /** The policies in the order in which a request passes them, outermost first. */
    public static final List<PolicyType<?>> ALL = List.of(
            MaintenanceType.TYPE,
            CorsType.TYPE,
            IpFilterType.TYPE,
            AuthenticationType.TYPE,
            ExternalAuthType.TYPE,
            AuthorizationType.TYPE,
            RateLimitsType.TYPE,
            MaxRequestBodyType.TYPE,
            ConcurrencyType.TYPE,
            UpgradeType.TYPE,
            MaxTunnelsType.TYPE,
            MaxForwardsType.TYPE,
            ForwardingType.TYPE,
            GrpcWebType.TYPE,
            HeadersType.TYPE,
            RedirectType.TYPE,
            RespondType.TYPE,
            RewriteType.TYPE,
            TimeoutType.TYPE,
            RetryType.TYPE);

    private PolicyTypes() {}
}
