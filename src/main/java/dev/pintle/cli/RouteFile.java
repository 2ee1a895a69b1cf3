package dev.pintle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.ExportFile;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.files.FileErrors;
import dev.pintle.routing.RouteSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Routes as a file: what is exported can be imported. */
final class RouteFile {
    private RouteFile() {}

    /**
     * Reads routes and defaults, or a flat table.
     *
     * @throws CommandException when the file cannot be read, or is not JSON
     * @throws InvalidSpecException with every fault of what it says
     */
    static ImportFile read(Path file) throws CommandException, InvalidSpecException {
        try (InputStream stream = Files.newInputStream(file)) {
            return ImportFile.read(stream, RouteSchema.READER);
        } catch (MalformedJsonException e) {
            throw new CommandException(file + " is " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read: " + FileErrors.cause(e), e);
        }
    }

    /** The text of a file that holds a whole configuration, routes in the order of their ids. */
    static String text(Configuration configuration) {
        List<ObjectNode> routes = configuration.routes().values().stream()
                .map(VersionedDocument::json)
                .toList();
        return ExportFile.text(
                configuration.revision(), configuration.defaults().json(), routes);
    }

    static void write(Path file, String text) throws CommandException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException(file + " cannot be written: " + FileErrors.cause(e), e);
        }
    }
}
