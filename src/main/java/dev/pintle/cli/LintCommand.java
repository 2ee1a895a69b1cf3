package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code lint}: lists valid but risky routes. With {@code --strict}, warnings are an error. */
final class LintCommand extends AdminCommand {
    private static final String STRICT = "strict";
    private static final int ERROR = 1;

    LintCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("lint", "Lists valid but risky routes", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        parser.addArgument("--" + STRICT).action(Arguments.storeTrue()).help("exit with status 1 if warnings exist");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        return api.get("/lint");
    }

    @Override
    int status(JsonNode answer, Namespace arguments) {
        return arguments.getBoolean(STRICT) && FindingText.hasWarning(answer.path("lint")) ? ERROR : 0;
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        return answer.path("lint").isEmpty() ? "No findings.\n" : FindingText.of(answer.path("lint"));
    }
}
