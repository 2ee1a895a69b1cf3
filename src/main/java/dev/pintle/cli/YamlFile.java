package dev.pintle.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads YAML files of any number of documents as JSON. Duplicate keys and aliases are errors. */
final class YamlFile {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private YamlFile() {}

    /** The documents of a file, without the empty ones. */
    static List<JsonNode> read(Path file) throws CommandException {
        try {
            byte[] text = Files.readAllBytes(file);
            refuseAliases(file, text);
            List<JsonNode> documents = new ArrayList<>();
            try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
                while (all.hasNextValue()) {
                    JsonNode document = all.nextValue();
                    if (!isEmpty(document)) {
                        documents.add(document);
                    }
                }
            }
            return documents;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            String line = place == null ? "" : " at line " + place.getLineNr();
            throw new CommandException(
                    file + " is not YAML" + line + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new CommandException("Cannot read " + file + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    /** Whether a document has comments at most; Jackson reads that as an empty text. */
    private static boolean isEmpty(@Nullable JsonNode document) {
        return document == null
                || (document.isValueNode() && document.asText("").isEmpty())
                || document.isMissingNode();
    }

    /** Jackson reads an alias as the text of its name, so that a typo would become a value. */
    private static void refuseAliases(Path file, byte[] text) throws IOException, CommandException {
        try (YAMLParser parser = (YAMLParser) YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new CommandException(file + " has a YAML alias at line "
                            + parser.currentTokenLocation().getLineNr() + ". Write the value instead.");
                }
            }
        }
    }
}
