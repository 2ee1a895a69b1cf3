package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reads and validates the documents that routes refer to. */
final class EntityReader {
    private EntityReader() {}

    /**
     * Reads a document.
     *
     * @throws InvalidSpecException with all violations
     */
    static EntityDocument read(EntityKind kind, JsonNode json) throws InvalidSpecException {
        ParsedDocument<? extends Record> parsed = ParsedDocument.of(json, kind.spec(), List.of());
        Violations violations = parsed.violations();
        switch (parsed.head()) {
            case IdentityProviderSpec provider -> IdentityProviderRules.validate(provider, violations);
            case null, default -> {}
        }
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        ObjectNode kept = JsonNulls.withoutNulls((ObjectNode) json);
        return new EntityDocument(kind, kept.path("id").textValue(), kept, withBuiltIn(kind, kept));
    }

    private static Record withBuiltIn(EntityKind kind, ObjectNode json) {
        SpecShape<? extends Record> shape = SpecShape.of(kind.spec());
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        shape.components().stream()
                .filter(component -> component.builtIn() != null)
                .forEach(component -> all.set(component.name(), component.builtIn()));
        all.setAll(json);
        return new SpecReader().components(all, "", shape);
    }
}
