package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.RouteSpec;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code sync}: applies route files to a node. Exit status 2 means that a dry run found differences. */
final class SyncCommand extends AdminCommand {
    private static final int DIFFERENT = 2;
    private static final String DRY_RUN = "dry_run";

    SyncCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("sync", "Applies route files to a node, all of them or none", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        parser.addArgument("-f", "--file")
                .metavar("PATH")
                .required(true)
                .help("a file, or a directory of YAML and JSON files");
        parser.addArgument("--owner").metavar("NAME").help("the repository that the routes belong to");
        parser.addArgument("--prune")
                .action(Arguments.storeTrue())
                .help("remove the documents of the owner that no file has");
        parser.addArgument("--dry-run").action(Arguments.storeTrue()).help("show the differences and write nothing");
        ConfirmOption.addTo(parser);
        WaitOption.addTo(parser);
        parser.addArgument("--reason").metavar("TEXT").help("why, for the history");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        String owner = arguments.getString("owner");
        if (owner != null && !owner.matches(RouteSpec.OWNER_SYNTAX)) {
            throw new CommandException("The owner must be the name of a repository, such as team-a/routes; it is \""
                    + PlainText.of(owner) + "\".");
        }
        RouteSync sync = new RouteSync(api, Path.of(arguments.getString("file")), owner, arguments.getBoolean("prune"));
        return arguments.getBoolean(DRY_RUN)
                ? sync.preview()
                : sync.apply(WaitOption.query("?", arguments), ConfirmOption.headers(arguments));
    }

    @Override
    int status(JsonNode answer, Namespace arguments) {
        if (arguments.getBoolean(DRY_RUN)) {
            return answer.path("changes").isEmpty() ? 0 : DIFFERENT;
        }
        return WaitOption.status(answer);
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        return arguments.getBoolean(DRY_RUN) ? PreviewText.of(answer) : SyncText.of(answer);
    }
}
