package dev.pintle.policy.authentication;

import dev.pintle.config.Origin;
import dev.pintle.config.Reference;
import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.identity.Identities;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyServices;
import dev.pintle.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code authentication}: verifies the identity of clients. */
public final class AuthenticationType implements PolicyType<AuthenticationSpec> {
    public static final AuthenticationType TYPE = new AuthenticationType();

    private static final String TOKEN = "jwt:";
    private static final String CERTIFICATE = "clientCertificate";

    private AuthenticationType() {}

    @Override
    public String key() {
        return "authentication";
    }

    @Override
    public Class<AuthenticationSpec> spec() {
        return AuthenticationSpec.class;
    }

    @Override
    public void validate(AuthenticationSpec spec, Violations violations) {
        if (Stream.of(spec.anyOf(), spec.optional(), spec.apiKey(), spec.clientCertificate(), spec.forwardCredentials())
                .allMatch(Objects::isNull)) {
            violations.add("/anyOf", "is missing; name the methods, such as [\"jwt:main\"] or [\"apiKey\"]");
        }
    }

    @Override
    public void validateEffective(Settings<AuthenticationSpec> settings, Violations violations) {
        boolean isWritten = settings.origins().values().stream().anyMatch(origin -> origin != Origin.BUILT_IN);
        if (isWritten && settings.find(AuthenticationSpec::anyOf) == null) {
            violations.add("/anyOf", "is missing; name the methods, such as [\"jwt:main\"] or [\"apiKey\"]");
        }
    }

    @Override
    public List<Reference> references(AuthenticationSpec spec) {
        List<String> methods = Objects.requireNonNullElse(spec.anyOf(), List.of());
        return IntStream.range(0, methods.size())
                .filter(i -> methods.get(i) != null && methods.get(i).startsWith(TOKEN))
                .mapToObj(i -> new Reference(
                        Reference.Target.IDENTITY_PROVIDER, methods.get(i).substring(TOKEN.length()), "/anyOf/" + i))
                .toList();
    }

    @Override
    public Policy create(Settings<AuthenticationSpec> settings, PolicyContext context) {
        return new AuthenticationPolicy(
                methods(settings, context.services()),
                settings.get(AuthenticationSpec::optional),
                settings.find(AuthenticationSpec::forwardCredentials),
                context.route(),
                context.metrics());
    }

    /** Whether routes with these settings verify client certificates. */
    public static boolean verifiesCertificates(Settings<AuthenticationSpec> settings) {
        List<String> methods = settings.find(AuthenticationSpec::anyOf);
        return methods != null && methods.contains(CERTIFICATE);
    }

    /** All {@code jwt} methods are one: a request has one token. */
    private static List<AuthenticationMethod> methods(Settings<AuthenticationSpec> settings, PolicyServices services) {
        Identities identities = services.identities();
        List<String> written = settings.get(AuthenticationSpec::anyOf);
        List<String> providers = written.stream()
                .filter(method -> method.startsWith(TOKEN))
                .map(method -> method.substring(TOKEN.length()))
                .toList();
        List<AuthenticationMethod> methods = new ArrayList<>();
        if (!providers.isEmpty()) {
            methods.add(new TokenMethod(providers, identities));
        }
        if (written.contains("apiKey")) {
            List<String> places = ApiKeySpec.places(settings.find(AuthenticationSpec::apiKey));
            ApiKeyMethod keys = ApiKeyMethod.of(places, identities);
            keys.parameters().forEach(services.secretParameters()::add);
            methods.add(keys);
        }
        if (written.contains("basic")) {
            methods.add(new PasswordMethod(identities));
        }
        if (written.contains(CERTIFICATE)) {
            methods.add(CertificateMethod.of(
                    settings.find(AuthenticationSpec::clientCertificate), identities, services.clock()));
        }
        return methods;
    }
}
