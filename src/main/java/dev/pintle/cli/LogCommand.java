package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code log}: lists revisions, the latest first. */
final class LogCommand extends AdminCommand {
    private static final List<String> FILTERS = List.of("route", "author", "before");

    LogCommand(PrintStream out, UnaryOperator<@Nullable String> environment) {
        super("log", "Lists revisions of the configuration, the latest first", out, environment);
    }

    @Override
    void arguments(Subparser parser) {
        parser.addArgument("--limit")
                .setDefault("20")
                .metavar("N")
                .help("the maximum number of revisions; by" + " default 20");
        parser.addArgument("--route").metavar("ID").help("only revisions that changed this route");
        parser.addArgument("--author").metavar("NAME").help("only revisions by this author");
        parser.addArgument("--before").metavar("N").help("only revisions below this number");
    }

    @Override
    JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException {
        StringBuilder query = new StringBuilder("?limit=").append(encoded(arguments.getString("limit")));
        for (String filter : FILTERS) {
            String value = arguments.getString(filter);
            if (value != null) {
                query.append('&').append(filter).append('=').append(encoded(value));
            }
        }
        return api.get("/revisions" + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    String text(JsonNode answer, AdminApiClient api, Namespace arguments) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("revision", "state", "time", "author", "cause", "changes", "reason"));
        answer.path("revisions").forEach(revision -> rows.add(row(revision)));
        String next =
                answer.has("next") ? "More: --before " + answer.path("next").asLong() + "\n" : "";
        return TextTable.of(rows) + next;
    }

    private static List<String> row(JsonNode revision) {
        return Stream.of(
                        revision.path("number").asText(),
                        revision.path("state").asText(),
                        RevisionText.time(revision),
                        revision.path("author").asText(),
                        RevisionText.cause(revision),
                        ChangeText.of(
                                revision.path("changes"),
                                revision.path("changeCount").asInt()),
                        revision.path("reason").asText())
                .map(PlainText::of)
                .toList();
    }
}
