package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code diff}: compares two revisions. Exit status 2 means that they differ. */
final class DiffCommand extends AdminCommand {
    private static final int DIFFERENT = 2;
    private static final String FILE = "file";

    DiffCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super(
                "diff",
                "Compares two revisions, or files with the live one; exit status 2 when they differ",
                out,
                environment);
    }

    @Override
    void arguments(Subparser parser) {
        parser.addArgument("-f", "--file")
                .metavar("PATH")
                .help("compare with a file or a directory, as sync --dry-run does");
        parser.addArgument("--owner").metavar("NAME").help("with -f: the repository that the routes belong to");
        parser.addArgument("--prune")
                .action(Arguments.storeTrue())
                .help("with -f: show the routes of the owner that no file has");
        parser.addArgument("--from").metavar("N").help("a revision, or live; by default the one before --to");
        parser.addArgument("--to").setDefault("live").metavar("N").help("a revision, or live; by default live");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        String file = arguments.getString(FILE);
        if (file != null) {
            return new RouteSync(api, Path.of(file), arguments.getString("owner"), arguments.getBoolean("prune"))
                    .preview();
        }
        String from = arguments.getString("from");
        String to = RevisionArgument.require(arguments.getString("to"));
        return api.get("/diff?to=" + to + (from == null ? "" : "&from=" + RevisionArgument.require(from)));
    }

    @Override
    int status(JsonNode answer, Namespace arguments) {
        return answer.path("changes").isEmpty() ? 0 : DIFFERENT;
    }

    /** Requests the text by the numbers of the response, because {@code live} may have changed since. */
    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) throws CommandException {
        if (arguments.getString(FILE) != null) {
            return PreviewText.of(answer);
        }
        long from = answer.path("from").asLong();
        long to = answer.path("to").asLong();
        if (answer.path("changes").isEmpty()) {
            return "Revision " + from + " and revision " + to + " do not differ.\n";
        }
        StringBuilder text = new StringBuilder(api.getText("/diff?from=" + from + "&to=" + to));
        return text.append(EffectiveText.of(answer.path("effective"))).toString();
    }
}
