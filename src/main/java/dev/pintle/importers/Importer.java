package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Converts documents of one format. */
public interface Importer {
    /** The name of the format in the command. */
    String name();

    /** The format, for the help. */
    String description();

    /**
     * Converts the documents of a file.
     *
     * @throws UnknownFormatException when a document has another format
     */
    Imported convert(List<JsonNode> documents) throws UnknownFormatException;
}
