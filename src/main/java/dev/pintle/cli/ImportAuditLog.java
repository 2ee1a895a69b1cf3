package dev.pintle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.store.Author;
import dev.pintle.telemetry.AsciiJson;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line to the logger {@code audit} for each import. */
final class ImportAuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final int MAX_TEXT = 1_024;

    private final InstantSource clock;
    private final Author author;
    private final Path file;

    ImportAuditLog(InstantSource clock, Author author, Path file) {
        this.clock = clock;
        this.author = author;
        this.file = file;
    }

    void done(long revision, String summary) {
        LOG.info("{}", AsciiJson.line(line("done").put("revision", revision).put("detail", cut(summary))));
    }

    void refused(Exception fault) {
        LOG.info("{}", AsciiJson.line(line("refused").put("detail", cut(String.valueOf(fault.getMessage())))));
    }

    private ObjectNode line(String outcome) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("time", clock.instant().toString())
                .put("event", "import")
                .put("author", author.name())
                .put("file", cut(file.toAbsolutePath().toString()))
                .put("outcome", outcome);
        if (author.reason() != null) {
            line.put("reason", author.reason());
        }
        return line;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
