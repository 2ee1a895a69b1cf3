package dev.pintle.policy.externalauth;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyServices;
import dev.pintle.policy.PolicyType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code externalAuth}: asks an authorization service about each request. */
public final class ExternalAuthType implements PolicyType<ExternalAuthSpec> {
    public static final ExternalAuthType TYPE = new ExternalAuthType();

    private ExternalAuthType() {}

    @Override
    public String key() {
        return "externalAuth";
    }

    @Override
    public Class<ExternalAuthSpec> spec() {
        return ExternalAuthSpec.class;
    }

    @Override
    public void validate(ExternalAuthSpec spec, Violations violations) {
        List<String> key = Objects.requireNonNullElse(spec.cacheKey(), List.of());
        if (!key.isEmpty() && key.stream().noneMatch(ExternalAuthSpec::isCredential)) {
            violations.add("/cacheKey", "must have a header:NAME or cookie:NAME that identifies the client");
        }
    }

    @Override
    public Policy create(Settings<ExternalAuthSpec> settings, PolicyContext context) {
        PolicyServices services = context.services();
        AuthorizationService service = AuthorizationService.parse(settings.get(ExternalAuthSpec::url))
                .orElseThrow(() -> new IllegalArgumentException("externalAuth.url is not a URL"));
        AuthorizationQuestion question =
                new AuthorizationQuestion(service, settings.get(ExternalAuthSpec::requestHeaders), services.ticker());
        List<String> upstreamHeaders = names(settings.find(ExternalAuthSpec::upstreamHeaders));
        List<String> clientHeaders = names(settings.find(ExternalAuthSpec::clientHeaders));
        Authorizer asking = new ServiceAuthorizer(
                question,
                services.outbound(),
                settings.get(ExternalAuthSpec::timeout),
                upstreamHeaders,
                clientHeaders,
                context.metrics(),
                services.ticker());
        return new ExternalAuthPolicy(
                cached(asking, settings, services.decisions()),
                service.server(),
                upstreamHeaders,
                clientHeaders,
                settings.get(ExternalAuthSpec::onFailure) == FailureAction.ALLOW);
    }

    /** An edit of the route creates a new scope, so no decision outlives the settings that it was made under. */
    private static Authorizer cached(Authorizer asking, Settings<ExternalAuthSpec> settings, DecisionCache cache) {
        Duration cacheFor = settings.get(ExternalAuthSpec::cacheFor);
        return cacheFor.isZero()
                ? asking
                : new CachingAuthorizer(
                        asking,
                        new DecisionKey(settings.get(ExternalAuthSpec::cacheKey)),
                        cacheFor,
                        cache,
                        new Object());
    }

    private static List<String> names(@Nullable List<String> names) {
        return Objects.requireNonNullElse(names, List.of());
    }
}
