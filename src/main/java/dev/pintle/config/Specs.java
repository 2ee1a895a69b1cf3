package dev.pintle.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that an operator wrote in one document, by the type of the key. Immutable. */
public record Specs(Map<SettingsType<?>, Record> byType) {
    /** The specs of an empty document. */
    public static final Specs NONE = new Specs(Map.of());

    public Specs {
        byType = Map.copyOf(byType);
    }

    /** Returns the spec of a key; null when the document does not have the key. */
    public <S extends Record> @Nullable S get(SettingsType<S> type) {
        Record spec = byType.get(type);
        return spec == null ? null : type.spec().cast(spec);
    }

    /** Returns the names that other documents define, with pointers into the document. */
    public List<Reference> references() {
        return byType.keySet().stream()
                .flatMap(type -> references(type).stream())
                .toList();
    }

    private <S extends Record> List<Reference> references(SettingsType<S> type) {
        S spec = get(type);
        return spec == null
                ? List.of()
                : type.references(spec).stream()
                        .map(reference -> reference.below('/' + type.key()))
                        .toList();
    }
}
