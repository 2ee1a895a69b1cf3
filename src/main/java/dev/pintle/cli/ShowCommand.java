package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.UnifiedDiff;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code show}: prints one revision with its changes. */
final class ShowCommand extends AdminCommand {
    ShowCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("show", "Shows one revision with its changes", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        RevisionArgument.addTo(parser);
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        return api.get("/revisions/" + RevisionArgument.of(arguments));
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        long number = answer.path("number").asLong();
        String reason = answer.path("reason").asText();
        String head = "revision " + number + " (" + answer.path("state").asText() + ")\n"
                + "author   " + PlainText.of(answer.path("author").asText()) + '\n'
                + "time     " + RevisionText.time(answer) + '\n'
                + "cause    " + RevisionText.cause(answer) + '\n'
                + (reason.isEmpty() ? "" : "reason   " + PlainText.of(reason) + '\n');
        List<DocumentDelta> deltas =
                answer.path("changes").valueStream().map(ShowCommand::delta).toList();
        return head + '\n' + UnifiedDiff.of(deltas, "revision " + (number - 1), "revision " + number);
    }

    private static DocumentDelta delta(JsonNode change) {
        return new DocumentDelta(
                change.path("kind").asText(),
                change.path("id").asText(),
                document(change.path("before")),
                document(change.path("after")));
    }

    private static @Nullable JsonNode document(JsonNode json) {
        return json.isNull() ? null : json;
    }
}
