package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.stream.Collectors;

/** The conversion of one YAML document, as text for the tables of tests. */
record Conversion(Imported imported) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Conversion of(Importer importer, String yaml) throws Exception {
        return new Conversion(importer.convert(List.of(YAML.readTree(yaml))));
    }

    /** The value at a pointer of the only route, as JSON; {@code none} without such a value, {@code no route} without one route. */
    String at(String pointer) {
        if (imported.routes().size() != 1) {
            return imported.routes().isEmpty() ? "no route" : "routes " + ids();
        }
        JsonNode value = imported.routes().getFirst().at(pointer);
        return value.isMissingNode() ? "none" : value.toString();
    }

    String ids() {
        return imported.routes().stream()
                .map(route -> route.path("id").asText())
                .collect(Collectors.joining(" "));
    }

    /** The losses in one line; {@code nothing} without any. */
    String losses() {
        return imported.losses().isEmpty() ? "nothing" : String.join("; ", imported.losses());
    }
}
