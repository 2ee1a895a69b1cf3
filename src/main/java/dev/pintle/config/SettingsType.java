package dev.pintle.config;

import java.util.Optional;

/**
 * One key of a route, such as {@code timeout}: the record that its JSON becomes, and the rules that annotations cannot express.
 * Bounds, defaults and documentation are annotations on the components of the record. Implementations have no state.
 *
 * @param <S> the record; a component is null where the operator wrote nothing
 */
public interface SettingsType<S extends Record> {
    /** The key in JSON, the name in {@code explain} and the heading in the reference. */
    String key();

    /** The record that holds what an operator wrote. */
    Class<S> spec();

    /** Whether the built-in values apply to a route where neither the route nor the defaults have the key. */
    default boolean standard() {
        return false;
    }

    /** The message when a route lacks the key; empty when a route may lack it. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** Reports combinations within one document that annotations cannot refuse. Pointers are relative to the key. */
    default void validate(S spec, Violations violations) {}

    /**
     * Reports combinations that arise only when the route, the defaults and the built-in values are combined. Pointers are
     * relative to the key and name values of the route.
     */
    default void validateEffective(Settings<S> settings, Violations violations) {}
}
