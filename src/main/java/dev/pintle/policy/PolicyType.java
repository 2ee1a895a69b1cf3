package dev.pintle.policy;

import dev.pintle.config.Settings;
import dev.pintle.config.SettingsType;
import dev.pintle.http.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A kind of policy: its JSON key, bounds, defaults, documentation and factory. {@link PolicyTypes} lists all.
 *
 * @param <S> the record that its JSON becomes; without components the policy has no key in JSON
 */
public interface PolicyType<S extends Record> extends SettingsType<S> {
    /**
     * Creates the policy of one route. The compiler calls it when the route or the defaults have the key, and always
     * for standard policies.
     *
     * @return null when the settings need no policy
     */
    @Nullable
    Policy create(Settings<S> settings, PolicyContext context);

    /** Returns whether the policy answers every request, so that the chain of its route ends with it. */
    default boolean answers() {
        return false;
    }
}
