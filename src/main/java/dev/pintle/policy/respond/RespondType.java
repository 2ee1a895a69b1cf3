package dev.pintle.policy.respond;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.headers.HeaderEdits;
import dev.pintle.policy.headers.HeaderEditsSpec;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** {@code respond}: answers requests. */
public final class RespondType implements PolicyType<RespondSpec> {
    public static final RespondType TYPE = new RespondType();

    private static final int MAX_BODY = 64 << 10;

    /** RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5. */
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    private RespondType() {}

    @Override
    public String key() {
        return "respond";
    }

    @Override
    public Class<RespondSpec> spec() {
        return RespondSpec.class;
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void validate(RespondSpec spec, Violations violations) {
        String body = spec.body();
        if (body == null) {
            return;
        }
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BODY) {
            violations.add("/body", "must have at most 64KiB; it has " + size + " bytes");
        }
        if (spec.status() != null && WITHOUT_BODY.contains(spec.status())) {
            violations.add("/body", "must be absent, because a response with status " + spec.status() + " has none");
        }
    }

    @Override
    public Policy create(Settings<RespondSpec> settings, PolicyContext context) {
        HeaderEditsSpec headers = new HeaderEditsSpec(settings.find(RespondSpec::headers), null, null);
        String body = settings.find(RespondSpec::body);
        return new RespondPolicy(
                settings.get(RespondSpec::status),
                new HeaderEdits(headers, context.metrics()::headerValueRejected),
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }
}
