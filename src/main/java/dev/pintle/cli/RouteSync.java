package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Applies files to the configuration of a node in one batch, or shows the differences. */
final class RouteSync {
    private static final int TRIES = 3;
    private static final String CHANGED_MEANWHILE = "precondition-failed";

    private final AdminApiClient api;
    private final Path files;
    private final @Nullable String owner;
    private final boolean prune;

    RouteSync(AdminApiClient api, Path files, @Nullable String owner, boolean prune) {
        this.api = api;
        this.files = files;
        this.owner = owner;
        this.prune = prune;
    }

    /** The response to a dry run. */
    JsonNode preview() throws CommandException {
        return send("?dryRun=true", Map.of());
    }

    /**
     * Writes the batch.
     *
     * @param query of the call, with its question mark; empty for none
     */
    JsonNode apply(String query, Map<String, String> headers) throws CommandException {
        return send(query, headers);
    }

    /** Compares and sends again when another writer changes the configuration in between. */
    private JsonNode send(String query, Map<String, String> headers) throws CommandException {
        List<SyncDocument> documents = documents();
        for (int attempt = 1; ; attempt++) {
            SyncPlan plan = SyncPlan.of(documents, configuration(), owner, prune);
            if (plan.isEmpty()) {
                return nothing(plan.revision());
            }
            try {
                return api.post("/changes" + query, headers, plan.batch());
            } catch (ApiProblemException e) {
                if (!e.code().equals(CHANGED_MEANWHILE) || attempt == TRIES) {
                    throw located(e, plan);
                }
            }
        }
    }

    /** The lists of the node. The batch fails if they are not of one revision. */
    private JsonNode configuration() throws CommandException {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.setAll((ObjectNode) api.get("/routes"));
        for (EntityKind kind : EntityKind.values()) {
            configuration.set(kind.listKey(), api.get('/' + kind.path()).path(kind.listKey()));
        }
        return configuration;
    }

    private List<SyncDocument> documents() throws CommandException {
        try {
            return SyncFiles.read(files);
        } catch (InvalidSpecException e) {
            throw new CommandException(files + " " + e.violations().getFirst().message() + '.', e);
        }
    }

    private static JsonNode nothing(long revision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
        json.putArray("changes");
        return json;
    }

    /** The same refusal, with the places of the violations in the files. */
    private static CommandException located(ApiProblemException refused, SyncPlan plan) {
        JsonNode violations = refused.problem().path("violations");
        if (violations.isEmpty()) {
            return refused;
        }
        StringJoiner lines = new StringJoiner("\n");
        lines.add(PlainText.of(refused.problem().path("detail").asText()));
        violations.forEach(violation -> lines.add("  "
                + PlainText.of(plan.place(violation.path("pointer").asText()) + ": "
                        + violation.path("message").asText())));
        return new CommandException(lines.toString(), refused);
    }
}
