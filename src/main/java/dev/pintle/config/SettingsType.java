package dev.pintle.config;

import java.util.List;

/**
 * One key of a route, such as {@code timeout}: the record that its JSON becomes, and the rules that annotations cannot
 * express. Bounds, defaults and documentation are annotations on the components of the record. Implementations have no
 * state.
 *
 * @param <S> the record; a component is null when the operator did not write it
 */
public interface SettingsType<S extends Record> {
    /** Returns the key in JSON, the name in {@code explain} and the heading in the reference. */
    String key();

    /** Returns the record for the values of the operator. */
    Class<S> spec();

    /** Returns whether the built-in values apply to a route when neither the route nor the defaults have the key. */
    default boolean standard() {
        return false;
    }

    /**
     * Reports invalid combinations within one document that annotations cannot express. Pointers are relative to the
     * key.
     */
    default void validate(S spec, Violations violations) {}

    /** Returns the names in a valid document that other documents define. */
    default List<Reference> references(S spec) {
        return List.of();
    }

    /**
     * Reports invalid combinations of the effective values of the route, the defaults and the built-in values. Pointers
     * are relative to the key and name values of the route.
     */
    default void validateEffective(Settings<S> settings, Violations violations) {}
}
