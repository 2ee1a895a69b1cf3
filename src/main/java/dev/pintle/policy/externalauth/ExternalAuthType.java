package dev.pintle.policy.externalauth;

import dev.pintle.config.Settings;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
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
    public Policy create(Settings<ExternalAuthSpec> settings, PolicyContext context) {
        AuthorizationService service = AuthorizationService.parse(settings.get(ExternalAuthSpec::url))
                .orElseThrow(() -> new IllegalArgumentException("externalAuth.url is not a URL"));
        AuthorizationQuestion question = new AuthorizationQuestion(
                service,
                settings.get(ExternalAuthSpec::requestHeaders),
                context.services().ticker());
        return new ExternalAuthPolicy(
                question,
                context.services().outbound(),
                settings.get(ExternalAuthSpec::timeout),
                names(settings.find(ExternalAuthSpec::upstreamHeaders)),
                names(settings.find(ExternalAuthSpec::clientHeaders)),
                settings.get(ExternalAuthSpec::onFailure) == FailureAction.ALLOW,
                context.metrics(),
                context.services().ticker());
    }

    private static List<String> names(@Nullable List<String> names) {
        return Objects.requireNonNullElse(names, List.of());
    }
}
