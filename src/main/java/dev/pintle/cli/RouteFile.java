package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.EntityKind;
import dev.pintle.config.ExportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import dev.pintle.config.VersionedDocument;
import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads and writes route files, for {@code routes import} and {@code routes export}. */
final class RouteFile {
    private RouteFile() {}

    /**
     * Reads the JSON of a file; {@link dev.pintle.config.ImportFile} validates it.
     *
     * @throws CommandException when the file cannot be read, or is not JSON
     * @throws InvalidSpecException when the JSON is nested too deeply
     */
    static JsonNode read(Path file) throws CommandException, InvalidSpecException {
        try (InputStream stream = Files.newInputStream(file)) {
            return StrictJson.read(stream);
        } catch (MalformedJsonException e) {
            throw new CommandException(file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read: " + FileErrors.cause(e), e);
        }
    }

    /** Formats a whole configuration, with the routes in the order of their ids. */
    static String text(Configuration configuration) {
        List<ObjectNode> routes = configuration.routes().values().stream()
                .map(VersionedDocument::json)
                .toList();
        Map<EntityKind, List<ObjectNode>> entities = new EnumMap<>(EntityKind.class);
        configuration
                .entities()
                .forEach((kind, documents) -> entities.put(
                        kind,
                        documents.values().stream().map(VersionedDocument::json).toList()));
        return ExportFile.text(
                configuration.revision(), configuration.defaults().json(), entities, routes);
    }

    static void write(Path file, String text) throws CommandException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be written: " + FileErrors.cause(e), e);
        }
    }
}
