package dev.pintle.policy;

import dev.pintle.config.Settings;
import dev.pintle.config.SettingsType;
import dev.pintle.http.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A policy with everything about it: the JSON it reads, its bounds, defaults and documentation, and how to create it.
 * {@link PolicyTypes} lists all.
 *
 * @param <S> the record that its JSON becomes; without components the policy has no key in JSON
 */
public interface PolicyType<S extends Record> extends SettingsType<S> {
    /**
     * Creates the policy of one route. Called where the route or the defaults have the key, and for standard policies always.
     *
     * @return null when these settings ask for nothing
     */
    @Nullable
    Policy create(Settings<S> settings, PolicyContext context);
}
