package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code restore}: restores the configuration of a revision, or some of its routes. */
final class RestoreCommand extends AdminCommand {
    RestoreCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("restore", "Restores the configuration of a revision, or some of its routes", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        RevisionArgument.addTo(parser);
        parser.addArgument("--routes").metavar("ID,ID").help("only these routes");
        ConfirmOption.addTo(parser);
        WaitOption.addTo(parser);
        parser.addArgument("--reason").metavar("TEXT").help("the reason, for the history");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        String routes = arguments.getString("routes");
        String query = routes == null ? "" : "?routes=" + URLEncoder.encode(routes, StandardCharsets.UTF_8);
        return api.post(
                "/revisions/" + RevisionArgument.of(arguments) + "/restore" + query
                        + WaitOption.query(query.isEmpty() ? "?" : "&", arguments),
                ConfirmOption.headers(arguments));
    }

    @Override
    int status(JsonNode answer, Namespace arguments) {
        return WaitOption.status(answer);
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) throws CommandException {
        if (ConfirmOption.isUnconfirmed(answer)) {
            return ConfirmOption.text(answer) + WaitOption.text(answer);
        }
        if (answer.has("lagging")) {
            return "Revision " + answer.path("revision").asLong() + " restores revision "
                    + RevisionArgument.of(arguments) + ".\n" + WaitOption.text(answer);
        }
        String number = RevisionArgument.of(arguments);
        JsonNode changes = answer.path("changes");
        return changes.isEmpty()
                ? "Nothing to do: the configuration equals revision " + number + ".\n"
                : "Revision " + answer.path("revision").asLong() + " restores revision " + number + ": "
                        + ChangeText.of(changes, changes.size()) + ".\n";
    }
}
