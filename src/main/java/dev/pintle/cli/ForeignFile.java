package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads YAML and JSON files of other programs, which can be large and have aliases. */
final class ForeignFile {
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    /** More than any real document has. {@link ExpandedYaml} bounds what they expand to. */
    private static final int MAX_ALIASES = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ForeignFile() {}

    /** The documents of a file that are objects. */
    static List<JsonNode> read(Path file) throws CommandException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (file.toString().endsWith(".json")) {
                return List.of(JSON.readTree(reader));
            }
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(MAX_CHARACTERS);
            options.setMaxAliasesForCollections(MAX_ALIASES);
            ExpandedYaml expanded = new ExpandedYaml(JSON);
            List<JsonNode> documents = new ArrayList<>();
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(reader)) {
                JsonNode json = expanded.json(document);
                if (json.isObject()) {
                    documents.add(json);
                }
            }
            return documents;
        } catch (YAMLException e) {
            throw new CommandException(
                    file + " is not YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new CommandException("Cannot read " + file + ": " + FileErrors.cause(e) + '.', e);
        }
    }
}
