package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The option {@code --wait} of commands that write: they end when every node serves the revision, or fail. */
final class WaitOption {
    private static final String NAME = "wait";
    private static final int ERROR = 1;

    private WaitOption() {}

    static void addTo(Subparser parser) {
        parser.addArgument("--" + NAME)
                .action(Arguments.storeTrue())
                .help("wait until every node serves the revision; exit with 1 if one does not in time");
    }

    static boolean isGiven(Namespace arguments) {
        return arguments.getBoolean(NAME);
    }

    /** The parameter of the call, after a separator; empty without the option. */
    static String query(String separator, Namespace arguments) {
        return isGiven(arguments) ? separator + "wait=applied" : "";
    }

    static int status(JsonNode answer) {
        return answer.path("lagging").isEmpty() ? 0 : ERROR;
    }

    /** One line for each node that does not serve the revision. */
    static String text(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        answer.path("lagging")
                .forEach(node -> text.append(
                        line(node.path("node").asText(), node.path("state").asText())));
        return text.toString();
    }

    static String line(String node, String state) {
        return PlainText.of("Node " + node + " does not serve it yet (" + state + ").") + '\n';
    }
}
