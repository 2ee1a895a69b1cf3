package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.history.ConfirmationTerms;
import java.util.HashMap;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** The option {@code --confirm} of commands that write: Pintle reverts the change unless it is confirmed. */
final class ConfirmOption {
    private static final String NAME = "confirm";

    private ConfirmOption() {}

    static void addTo(Subparser parser) {
        parser.addArgument("--" + NAME)
                .metavar("TERMS")
                .help(
                        "revert unless confirmed in time, such as 2m, or earlier by bounds: \"2m; errors=2%; p99=800ms\"");
    }

    /** The headers of a write with the options {@code --confirm} and {@code --reason}. */
    static Map<String, String> headers(Namespace arguments) {
        Map<String, String> headers = new HashMap<>();
        if (arguments.getString(NAME) != null) {
            headers.put("Pintle-Confirm", arguments.getString(NAME));
        }
        if (arguments.getString("reason") != null) {
            headers.put("Pintle-Reason", arguments.getString("reason"));
        }
        return headers;
    }

    /** The terms of a command that writes without the admin API. */
    static @Nullable ConfirmationTerms terms(Namespace arguments) throws CommandException {
        String text = arguments.getString(NAME);
        try {
            return text == null ? null : ConfirmationTerms.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--confirm " + e.getMessage() + '.', e);
        }
    }

    static boolean isUnconfirmed(JsonNode answer) {
        return answer.has("revertsAt");
    }

    /** The answer for an unconfirmed revision. */
    static String text(JsonNode answer) {
        long revision = answer.path("revision").asLong();
        return "Revision " + revision + " is live and reverts at " + RevisionText.time(answer, "revertsAt")
                + (answer.has("guard")
                        ? ", or earlier by " + PlainText.of(answer.path("guard").asText())
                        : "") + ".\nTo keep it: bin/pintle confirm " + revision + '\n';
    }
}
