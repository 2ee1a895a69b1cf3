package dev.pintle.policy.authorization;

import dev.pintle.config.Reference;
import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code authorization}: admits identified clients. */
public final class AuthorizationType implements PolicyType<AuthorizationSpec> {
    public static final AuthorizationType TYPE = new AuthorizationType();

    private AuthorizationType() {}

    @Override
    public String key() {
        return "authorization";
    }

    @Override
    public Class<AuthorizationSpec> spec() {
        return AuthorizationSpec.class;
    }

    @Override
    public void validate(AuthorizationSpec spec, Violations violations) {
        if (Stream.of(spec.scopes(), spec.claims(), spec.consumers(), spec.groups())
                .allMatch(Objects::isNull)) {
            violations.add("", "must have scopes, claims, consumers or groups, such as {\"groups\": [\"gold\"]}");
        }
    }

    @Override
    public List<Reference> references(AuthorizationSpec spec) {
        return Stream.concat(
                        references(Reference.Target.CONSUMER, "/consumers/", spec.consumers()),
                        references(Reference.Target.GROUP, "/groups/", spec.groups()))
                .toList();
    }

    private static Stream<Reference> references(
            Reference.Target target, String pointer, @Nullable List<String> written) {
        List<String> names = Objects.requireNonNullElse(written, List.of());
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i) != null)
                .mapToObj(i -> new Reference(target, names.get(i), pointer + i));
    }

    @Override
    public Policy create(Settings<AuthorizationSpec> settings, PolicyContext context) {
        return new AuthorizationPolicy(
                settings.find(AuthorizationSpec::scopes),
                settings.find(AuthorizationSpec::claims),
                settings.find(AuthorizationSpec::consumers),
                settings.find(AuthorizationSpec::groups),
                context.route());
    }
}
