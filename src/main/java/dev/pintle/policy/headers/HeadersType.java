package dev.pintle.policy.headers;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.HeaderNames;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code headers}: edits headers of requests and responses. */
public final class HeadersType implements PolicyType<HeadersSpec> {
    public static final HeadersType TYPE = new HeadersType();

    private HeadersType() {}

    @Override
    public String key() {
        return "headers";
    }

    @Override
    public Class<HeadersSpec> spec() {
        return HeadersSpec.class;
    }

    @Override
    public void validate(HeadersSpec spec, Violations violations) {
        edits(spec.request(), violations.at("/request"));
        edits(spec.response(), violations.at("/response"));
    }

    private static void edits(@Nullable HeaderEditsSpec edits, Violations violations) {
        if (edits != null) {
            distinct(edits.set(), violations.at("/set"));
            distinct(edits.add(), violations.at("/add"));
        }
    }

    private static void distinct(@Nullable Map<String, String> headers, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (String name : headers == null ? Set.<String>of() : headers.keySet()) {
            if (!seen.add(HeaderNames.folded(name))) {
                violations.add("", "must not name a header twice; case does not count, and - is _: " + name);
            }
        }
    }

    @Override
    public @Nullable Policy create(Settings<HeadersSpec> settings, PolicyContext context) {
        Runnable rejected = context.metrics()::headerValueRejected;
        HeaderEdits request = new HeaderEdits(settings.find(HeadersSpec::request), rejected);
        HeaderEdits response = new HeaderEdits(settings.find(HeadersSpec::response), rejected);
        return request.isEmpty() && response.isEmpty() ? null : new HeadersPolicy(request, response);
    }
}
