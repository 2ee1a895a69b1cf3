package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code confirm}: keeps a revision that waits for its confirmation. */
final class ConfirmCommand extends AdminCommand {
    ConfirmCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("confirm", "Keeps a revision that waits for its confirmation", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        RevisionArgument.addTo(parser);
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        return api.post("/revisions/" + RevisionArgument.of(arguments) + "/confirm", Map.of());
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        return "Revision " + answer.path("revision").asLong() + " is confirmed.\n";
    }
}
