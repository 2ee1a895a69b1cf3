package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed document, as far as it is readable.
 *
 * @param head the keys that have no {@link SettingsType}; null when the document is not a JSON object
 * @param settings the other keys
 * @param violations all syntax faults and all values out of bounds; the caller checks the rules of the head
 */
record ParsedDocument<H extends Record>(@Nullable H head, Specs settings, Violations violations) {
    /**
     * Parses a document.
     *
     * @param types of all keys other than those of the head
     */
    static <H extends Record> ParsedDocument<H> of(JsonNode json, Class<H> headType, List<SettingsType<?>> types) {
        SpecReader reader = new SpecReader();
        SpecShape<H> shape = SpecShape.of(headType);
        Violations violations = new Violations();
        if (!json.isObject()) {
            reader.rejectNonObject(json, "");
            violations.addAll("", reader.violations());
            return new ParsedDocument<>(null, Specs.NONE, violations);
        }
        reader.rejectUnknownKeys(json, "", keys(shape, types));
        H head = reader.components(json, "", shape);
        Map<SettingsType<?>, Record> specs = specs(json, types, reader);
        violations.addAll("", reader.violations());
        Set<String> unreadable =
                reader.violations().stream().map(Violation::pointer).collect(Collectors.toSet());
        violations.addAll("", SpecValidator.violations(head, "", unreadable));
        for (SettingsType<?> type : types) {
            validate(type, specs, unreadable, violations);
        }
        return new ParsedDocument<>(head, new Specs(specs), violations);
    }

    private static List<String> keys(SpecShape<?> head, List<SettingsType<?>> types) {
        return Stream.concat(
                        head.components().stream().map(SpecComponent::name),
                        types.stream().map(SettingsType::key))
                .toList();
    }

    private static Map<SettingsType<?>, Record> specs(JsonNode json, List<SettingsType<?>> types, SpecReader reader) {
        Map<SettingsType<?>, Record> specs = new HashMap<>();
        for (SettingsType<?> type : types) {
            Record spec = json.hasNonNull(type.key())
                    ? reader.read(json.get(type.key()), '/' + type.key(), SpecShape.of(type.spec()))
                    : null;
            if (spec != null) {
                specs.put(type, spec);
            }
        }
        return specs;
    }

    private static <S extends Record> void validate(
            SettingsType<S> type, Map<SettingsType<?>, Record> specs, Set<String> unreadable, Violations violations) {
        String pointer = '/' + type.key();
        Record spec = specs.get(type);
        if (spec != null) {
            violations.addAll("", SpecValidator.violations(spec, pointer, unreadable));
            type.validate(type.spec().cast(spec), violations.at(pointer));
        }
    }
}
