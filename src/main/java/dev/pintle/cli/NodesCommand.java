package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code nodes}: lists the nodes of the cluster with their revision and state. */
final class NodesCommand extends AdminCommand {
    private static final int SHOWN_DIGEST = 16;

    NodesCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("nodes", "Lists the nodes of the cluster with their revision and state", out, environment);
    }

    @Override
    void arguments(Subparser parser) {}

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        return api.get("/nodes");
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("node", "state", "revision", "source", "digest", "version", "seen", "id"));
        StringBuilder rejected = new StringBuilder();
        for (JsonNode node : answer.path("nodes")) {
            rows.add(row(node));
            for (JsonNode document : node.path("rejected")) {
                rejected.append(PlainText.of(
                                name(node) + " rejects " + document.path("kind").asText() + ' '
                                        + document.path("id").asText() + ": "
                                        + document.path("reason").asText()))
                        .append('\n');
            }
        }
        return "latest revision " + answer.path("latest").asLong() + '\n' + TextTable.of(rows) + rejected
                + unconfirmed(answer.path("unconfirmed")) + reverted(answer.path("reverted"));
    }

    private static String unconfirmed(JsonNode json) {
        if (json.isMissingNode()) {
            return "";
        }
        String first = "Revision " + json.path("revision").asLong() + " reverts at "
                + RevisionText.time(json, "revertsAt") + " unless it is confirmed";
        JsonNode since = json.path("since");
        return since.isMissingNode()
                ? first + ".\n"
                : PlainText.of(first + ", or earlier by " + json.path("guard").asText() + ": "
                                + since.path("failed").asLong() + " of "
                                + since.path("requests").asLong() + " requests failed, p99 "
                                + since.path("p99").asText())
                        + ".\n";
    }

    private static String reverted(JsonNode json) {
        return json.isMissingNode()
                ? ""
                : PlainText.of("Revision " + json.path("by").asLong() + " reverted revision "
                                + json.path("revision").asLong() + ": "
                                + json.path("reason").asText())
                        + ".\n";
    }

    private static List<String> row(JsonNode node) {
        String digest = node.path("digest").asText("-");
        return Stream.of(
                        name(node),
                        node.path("state").asText(),
                        node.path("revision").asText("-"),
                        node.path("source").asText("-"),
                        digest.substring(0, Math.min(SHOWN_DIGEST, digest.length())),
                        node.path("version").asText("-"),
                        Instant.parse(node.path("seen").asText())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        node.path("id").asText())
                .map(PlainText::of)
                .toList();
    }

    private static String name(JsonNode node) {
        return node.path("name").asText("-");
    }
}
