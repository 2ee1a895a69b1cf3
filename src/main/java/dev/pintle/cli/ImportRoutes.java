package dev.pintle.cli;

import dev.pintle.config.Configuration;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code routes import}: puts every route of a file, all or none, as one revision. */
final class ImportRoutes implements Subcommand {
    private static final String FILE = "FILE";
    private static final Precondition NONE = new Precondition.None();

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String description() {
        return "Creates or replaces the routes of a file, all or none of them";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("routes and defaults as JSON, or a flat table");
        parser.addArgument("--replace")
                .action(Arguments.storeTrue())
                .help("remove every route that is not in the file");
        parser.addArgument("--reason").metavar("TEXT").help("why, for the history");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, InvalidSpecException,
                    EditRejectedException, StoreUnavailableException {
        ImportFile file = RouteFile.read(Path.of(arguments.getString(FILE)));
        Author author = new Author("routes import", arguments.getString("reason"));
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            ConfigurationStore routes = database.routes();
            List<Edit> edits = puts(file);
            if (arguments.getBoolean("replace")) {
                edits.addAll(removals(file, routes));
            }
            out.println(ImportSummary.of(edits, routes.write(author, Cause.IMPORT, edits)));
        }
    }

    private static List<Edit> puts(ImportFile file) {
        List<Edit> edits = new ArrayList<>();
        file.routes().forEach(route -> edits.add(new Edit.PutRoute(route, NONE)));
        if (file.defaults() != null) {
            edits.add(new Edit.PutDefaults(file.defaults(), NONE));
        }
        return edits;
    }

    private static List<Edit> removals(ImportFile file, ConfigurationStore routes) throws StoreUnavailableException {
        Configuration stored = routes.readAll();
        Set<String> rest = new TreeSet<>(stored.routes().keySet());
        stored.unreadable().stream()
                .filter(UnreadableDocument::isRoute)
                .map(UnreadableDocument::id)
                .forEach(rest::add);
        rest.removeAll(file.routes().stream().map(RouteDocument::id).collect(Collectors.toSet()));
        return rest.stream().<Edit>map(id -> new Edit.DeleteRoute(id, NONE)).toList();
    }
}
