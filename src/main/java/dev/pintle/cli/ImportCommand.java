package dev.pintle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.pintle.files.FileErrors;
import dev.pintle.importers.DeckImporter;
import dev.pintle.importers.Imported;
import dev.pintle.importers.Importer;
import dev.pintle.importers.OpenApiImporter;
import dev.pintle.importers.SpringCloudGatewayImporter;
import dev.pintle.importers.UnknownFormatException;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/**
 * {@code import}: converts configurations of other gateways to files for {@code sync}. Exit status 3 means that something has no
 * counterpart; no file was written then, unless {@code --lossy} is given.
 */
final class ImportCommand extends Command {
    private static final int INCOMPLETE = 3;
    private static final String FORMAT = "format";
    private static final String FILE = "FILE";
    private static final List<Importer> FORMATS =
            List.of(new OpenApiImporter(), new DeckImporter(), new SpringCloudGatewayImporter());
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private final PrintStream out;

    ImportCommand(PrintStream out) {
        super("import", "Converts configurations of other gateways to files for sync");
        this.out = out;
    }

    @Override
    public void configure(Subparser subparser) {
        Subparsers parsers = subparser.addSubparsers().metavar("FORMAT");
        for (Importer format : FORMATS) {
            Subparser parser = parsers.addParser(format.name())
                    .help(format.description())
                    .description(format.description() + ". Exit status 3 when something has no counterpart.")
                    .setDefault(FORMAT, format);
            parser.addArgument(FILE).help("the file to convert, YAML or JSON");
            parser.addArgument("-o", "--output")
                    .metavar("DIR")
                    .required(true)
                    .help("the directory for routes.yaml, which is written or replaced");
            parser.addArgument("--lossy")
                    .action(Arguments.storeTrue())
                    .help("write the file although something has no counterpart");
        }
    }

    @Override
    public void run(Bootstrap<?> bootstrap, Namespace arguments) throws CommandException, ExitStatusException {
        Importer format = arguments.get(FORMAT);
        Path source = Path.of(arguments.getString(FILE));
        boolean lossy = arguments.getBoolean("lossy");
        Imported imported;
        try {
            imported = format.convert(ForeignFile.read(source));
        } catch (UnknownFormatException e) {
            throw new CommandException(source + " " + e.getMessage() + '.', e);
        }
        imported.losses().forEach(loss -> out.println(PlainText.of(loss)));
        if (!lossy && !imported.losses().isEmpty()) {
            out.println("No file was written. " + imported.losses().size()
                    + " parts have no counterpart; add --lossy to go on without them.");
            throw new ExitStatusException(INCOMPLETE);
        }
        Path file = Path.of(arguments.getString("output")).resolve("routes.yaml");
        write(file, imported);
        out.println("Wrote " + file + ". Routes: " + imported.routes().size() + "; consumers: "
                + imported.consumers().size() + ". Next: bin/pintle sync -f " + file.getParent() + " --dry-run");
    }

    private static void write(Path file, Imported imported) throws CommandException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (!imported.consumers().isEmpty()) {
            document.putArray("consumers").addAll(imported.consumers());
        }
        document.putArray("routes").addAll(imported.routes());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, YAML.writeValueAsString(document));
        } catch (IOException e) {
            throw new CommandException("Cannot write " + file + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable thrown) {
        if (!(thrown instanceof ExitStatusException)) {
            cli.getStdErr().println(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
        }
    }
}
