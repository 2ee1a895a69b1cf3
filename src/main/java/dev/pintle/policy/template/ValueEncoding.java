package dev.pintle.policy.template;

import org.jspecify.annotations.Nullable;

/** Encodes the values of variables. */
@FunctionalInterface
public interface ValueEncoding {
    /** Keeps values as they are. */
    ValueEncoding NONE = (kind, value) -> value;

    /** The encoded {@link dev.pintle.http.ByteText}; null when the value cannot be used. */
    @Nullable
    String encoded(ValueKind kind, String value);
}
