package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.Violation;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.history.Cause;
import dev.pintle.routing.table.EffectiveRouteValidator;
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
        parser.addArgument(FILE).help("routes and defaults as JSON, or a simple route file");
        parser.addArgument("--replace")
                .action(Arguments.storeTrue())
                .help("remove every route that is not in the file");
        parser.addArgument("--reason").metavar("TEXT").help("why, for the history");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, InvalidSpecException,
                    EditRejectedException, StoreUnavailableException {
        JsonNode json = RouteFile.read(Path.of(arguments.getString(FILE)));
        Author author = new Author("routes import", arguments.getString("reason"));
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            ConfigurationStore routes = database.routes();
            Configuration current = routes.readAll();
            boolean replace = arguments.getBoolean("replace");
            ImportFile file = validated(json, current, replace, settings.routeValidator());
            List<Edit> edits = puts(file);
            if (replace) {
                edits.addAll(removals(file, current));
            }
            out.println(ImportSummary.of(edits, routes.write(author, Cause.IMPORT, edits)));
        }
    }

    private static ImportFile validated(
            JsonNode json, Configuration current, boolean replace, EffectiveRouteValidator validator)
            throws InvalidSpecException {
        ImportFile file = ImportFile.of(json, validator.under(current));
        if (file.defaults() != null && !replace) {
            List<String> imported =
                    file.routes().stream().map(RouteDocument::id).toList();
            List<Violation> broken = validator.brokenBy(file.defaults(), current, imported);
            if (!broken.isEmpty()) {
                throw new InvalidSpecException(broken);
            }
        }
        return file;
    }

    private static List<Edit> puts(ImportFile file) {
        List<Edit> edits = new ArrayList<>();
        file.routes().forEach(route -> edits.add(new Edit.PutRoute(route, NONE)));
        if (file.defaults() != null) {
            edits.add(new Edit.PutDefaults(file.defaults(), NONE));
        }
        return edits;
    }

    private static List<Edit> removals(ImportFile file, Configuration stored) {
        Set<String> rest = new TreeSet<>(stored.routes().keySet());
        stored.unreadable().stream()
                .filter(UnreadableDocument::isRoute)
                .map(UnreadableDocument::id)
                .forEach(rest::add);
        rest.removeAll(file.routes().stream().map(RouteDocument::id).collect(Collectors.toSet()));
        return rest.stream().<Edit>map(id -> new Edit.DeleteRoute(id, NONE)).toList();
    }
}
