package dev.pintle.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator wrote in one document, by the type of the key. Immutable. */
public record Specs(Map<SettingsType<?>, Record> byType) {
    /** Nothing was written. */
    public static final Specs NONE = new Specs(Map.of());

    public Specs {
        byType = Map.copyOf(byType);
    }

    /** The spec of a key; null when the document does not have the key. */
    public <S extends Record> @Nullable S get(SettingsType<S> type) {
        Record spec = byType.get(type);
        return spec == null ? null : type.spec().cast(spec);
    }
}
