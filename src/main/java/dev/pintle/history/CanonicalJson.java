package dev.pintle.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * Formats JSON as lines for comparison: sorted keys, indentation of two spaces, one value per line. Equal values give
 * equal lines.
 */
final class CanonicalJson {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build()
            .writer(printer());

    private CanonicalJson() {}

    static List<String> lines(JsonNode json) {
        try {
            return WRITER.writeValueAsString(json).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a JSON tree to memory", e);
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter newLine = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(newLine);
        printer.indentArraysWith(newLine);
        return printer;
    }
}
