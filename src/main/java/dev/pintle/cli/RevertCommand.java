package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.history.RevisionState;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code revert}: undoes the changes of one revision and keeps later changes. */
final class RevertCommand extends AdminCommand {
    private static final String CONFLICT = "revert-conflict";

    RevertCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("revert", "Undoes the changes of one revision and keeps later changes", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        RevisionArgument.addTo(parser);
        ConfirmOption.addTo(parser);
        WaitOption.addTo(parser);
        parser.addArgument("--reason").metavar("TEXT").help("the reason, for the history");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        String number = RevisionArgument.of(arguments);
        try {
            return api.post(
                    "/revisions/" + number + "/revert" + WaitOption.query("?", arguments),
                    ConfirmOption.headers(arguments));
        } catch (ApiProblemException e) {
            if (!e.code().equals(CONFLICT)) {
                throw e;
            }
            boolean isReverted =
                    api.get("/revisions/" + number).path("state").asText().equals(RevisionState.REVERTED.word());
            JsonNode later = e.problem().path("changes");
            throw new CommandException(
                    e.getMessage()
                            + (isReverted ? RevertAdvice.ofReverted(later) : RevertAdvice.ofConflict(number, later)),
                    e);
        }
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
            return "Revision " + answer.path("revision").asLong() + " reverts revision "
                    + RevisionArgument.of(arguments) + ".\n" + WaitOption.text(answer);
        }
        JsonNode changes = answer.path("changes");
        return changes.isEmpty()
                ? "Nothing to do.\n"
                : "Revision " + answer.path("revision").asLong() + " reverts revision " + RevisionArgument.of(arguments)
                        + ": " + ChangeText.of(changes, changes.size()) + ".\n";
    }
}
