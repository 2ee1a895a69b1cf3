package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.embedded.EmbeddedDatabaseException;
import dev.pintle.files.FileAccessException;
import dev.pintle.history.Cause;
import dev.pintle.store.Author;
import dev.pintle.store.Baseline;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.PlannedEdits;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.Rollout;
import dev.pintle.sync.RolloutMonitor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.OptionalLong;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code routes import}: writes all routes of a file as one revision, or none of them. */
final class ImportRoutes implements Subcommand {
    private static final String FILE = "FILE";
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final InstantSource clock;

    /** @param clock the clock for the audit line */
    ImportRoutes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String description() {
        return "Creates or replaces all routes of a file, or none of them";
    }

    @Override
    public void arguments(Subparser parser) {
        parser.addArgument(FILE).help("routes and defaults as JSON, or a simple route file");
        parser.addArgument("--replace")
                .action(Arguments.storeTrue())
                .help("remove every route that is not in the file");
        parser.addArgument("--allow-empty")
                .action(Arguments.storeTrue())
                .help("allow --replace to remove all routes when the file has none");
        parser.addArgument("--if-revision")
                .metavar("N")
                .type(Long.class)
                .help("import only while N is the latest revision");
        parser.addArgument("--overwrite-newer")
                .action(Arguments.storeTrue())
                .help("overwrite documents that changed after the file was exported");
        parser.addArgument("--author").metavar("NAME").help("the author; by default the user of the operating system");
        ConfirmOption.addTo(parser);
        WaitOption.addTo(parser);
        parser.addArgument("--reason").metavar("TEXT").help("the reason, for the history");
    }

    @Override
    public void run(CommandConfiguration settings, Namespace arguments, PrintStream out)
            throws CommandException, FileAccessException, EmbeddedDatabaseException, InvalidSpecException,
                    EditRejectedException, StoreUnavailableException {
        Author author = ImportAuthor.of(
                        arguments.getString("author"),
                        System.getProperty("user.name", ""),
                        arguments.getString("reason"))
                .on(ConfirmOption.terms(arguments))
                .awaiting(WaitOption.isGiven(arguments));
        Path file = Path.of(arguments.getString(FILE));
        JsonNode json = RouteFile.read(file);
        ImportAuditLog audit = new ImportAuditLog(clock, author, file);
        try (CommandDatabase database = CommandDatabase.open(settings)) {
            ConfigurationStore store = database.routes();
            Configuration stored = store.readAll();
            ImportPlan plan = new ImportPlan(json, options(arguments), settings.routeValidator(), stored);
            PlannedEdits planned = store.plan(plan, new Baseline.Known(stored));
            CommittedPlan committed = store.write(author, Cause.IMPORT, planned);
            String summary = ImportSummary.of(planned.edits(), committed);
            audit.done(committed.revision(), summary);
            out.println(summary);
            if (author.awaited()) {
                await(database.rollouts(), committed.revision(), out);
            }
        } catch (InvalidImportException e) {
            audit.refused(e.violations());
            throw e.violations();
        } catch (InvalidSpecException | EditRejectedException | StoreUnavailableException e) {
            audit.refused(e);
            throw e;
        }
    }

    /** @throws CommandException when a node does not serve the revision in time */
    private static void await(RolloutMonitor rollouts, long revision, PrintStream out) throws CommandException {
        Rollout rollout = rollouts.await(revision, WAIT);
        if (!rollout.isComplete()) {
            StringBuilder lines = new StringBuilder();
            rollout.lagging()
                    .forEach(late -> lines.append(WaitOption.line(
                            Objects.requireNonNullElse(late.node().name(), ""),
                            late.state().word())));
            throw new CommandException(lines.toString().strip());
        }
        out.println("Revision " + revision + " is served by " + rollout.applied() + '/' + rollout.nodes() + " nodes.");
    }

    private static ImportOptions options(Namespace arguments) {
        Long revision = arguments.getLong("if_revision");
        return new ImportOptions(
                arguments.getBoolean("replace"),
                arguments.getBoolean("allow_empty"),
                arguments.getBoolean("overwrite_newer"),
                revision == null ? OptionalLong.empty() : OptionalLong.of(revision));
    }
}
