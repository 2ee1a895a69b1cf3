package dev.pintle.policy.redirect;

import dev.pintle.config.Settings;
import dev.pintle.config.Violations;
import dev.pintle.http.Policy;
import dev.pintle.policy.PolicyContext;
import dev.pintle.policy.PolicyType;
import dev.pintle.policy.template.ValueTemplate;
import java.util.Set;

/** {@code redirect}: redirects clients. */
public final class RedirectType implements PolicyType<RedirectSpec> {
    public static final RedirectType TYPE = new RedirectType();

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private RedirectType() {}

    @Override
    public String key() {
        return "redirect";
    }

    @Override
    public Class<RedirectSpec> spec() {
        return RedirectSpec.class;
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void validate(RedirectSpec spec, Violations violations) {
        if (spec.status() != null && !STATUSES.contains(spec.status())) {
            violations.add("/status", "must be 301, 302, 303, 307 or 308; it is " + spec.status());
        }
    }

    @Override
    public Policy create(Settings<RedirectSpec> settings, PolicyContext context) {
        return new RedirectPolicy(
                ValueTemplate.of(settings.get(RedirectSpec::to)),
                settings.get(RedirectSpec::status),
                settings.get(RedirectSpec::keepQuery));
    }
}
