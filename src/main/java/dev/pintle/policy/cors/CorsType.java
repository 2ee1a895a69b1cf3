package dev.pintle.policy.cors;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cors}: lets web pages of other origins read responses. */
public final class CorsType implements PolicyType<CorsSpec> {
    public static final CorsType TYPE = new CorsType();

    private CorsType() {}

    @Override
    public String key() {
        return "cors";
    }

    @Override
    public Class<CorsSpec> spec() {
        return CorsSpec.class;
    }

    @Override
    public void validate(CorsSpec spec, Violations violations) {
        List<String> origins = spec.origins();
        if (origins != null && origins.contains(OriginSet.ANY) && origins.size() > 1) {
            violations.add("/origins", "must have no other origin beside *");
        }
        if (spec.methods() != null && spec.methods().contains("*")) {
            violations.add("/methods", "must list each method; * is not supported");
        }
        credentials(origins, spec.credentials(), violations);
    }

    @Override
    public void validateEffective(Settings<CorsSpec> settings, Violations violations) {
        credentials(settings.find(CorsSpec::origins), settings.find(CorsSpec::credentials), violations);
    }

    private static void credentials(
            @Nullable List<String> origins, @Nullable Boolean credentials, Violations violations) {
        if (origins != null && origins.contains(OriginSet.ANY) && Boolean.TRUE.equals(credentials)) {
            violations.add(
                    "/credentials",
                    "must not be true with * in origins: every site could act as its visitors. List the origins");
        }
    }

    @Override
    public Policy create(Settings<CorsSpec> settings, PolicyContext context) {
        return new CorsPolicy(new CorsHeaders(
                new OriginSet(settings.get(CorsSpec::origins)),
                settings.get(CorsSpec::credentials),
                joined(settings.get(CorsSpec::methods)),
                joined(settings.find(CorsSpec::headers)),
                joined(settings.find(CorsSpec::expose)),
                settings.get(CorsSpec::maxAge).toSeconds()));
    }

    private static String joined(@Nullable List<String> names) {
        return names == null ? "" : String.join(", ", names);
    }
}
