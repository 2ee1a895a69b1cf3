package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Defaults that keep every rule: the JSON exactly as it was written, and what it says.
 *
 * @param json the document; never changed
 */
public record DefaultsDocument(ObjectNode json, DefaultsSpec spec) {
    /** Nothing written: the built-in values hold. */
    public static final DefaultsDocument NONE =
            new DefaultsDocument(JsonNodeFactory.instance.objectNode(), DefaultsSpec.NONE);

    /**
     * Reads defaults.
     *
     * @throws InvalidSpecException with every fault of the document
     */
    public static DefaultsDocument read(JsonNode json) throws InvalidSpecException {
        SpecReader reader = new SpecReader();
        DefaultsSpec spec = reader.read(json, "", DefaultsSpec.class);
        List<Violation> violations = new ArrayList<>(reader.violations());
        if (spec != null) {
            violations.addAll(RouteValidator.check(spec, violations));
        }
        if (violations.isEmpty() && spec != null && json instanceof ObjectNode object) {
            return new DefaultsDocument(object, spec);
        }
        throw new InvalidSpecException(violations);
    }
}
