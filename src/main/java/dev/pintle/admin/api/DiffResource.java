package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.history.ConfigurationComparison;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.SettingLayers;
import dev.pintle.history.UnifiedDiff;
import dev.pintle.store.HistoryReader;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two revisions. */
@Path("/api/v1/diff")
public final class DiffResource {
    private final HistoryStore history;
    private final SettingLayers layers;

    public DiffResource(HistoryStore history, SettingLayers layers) {
        this.history = history;
        this.layers = layers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "diff",
            summary = "Compare two revisions, with the effect on each route",
            parameters = {@Parameter(ref = "From"), @Parameter(ref = "To")})
    @ApiResponse(responseCode = "200", ref = "Diff")
    public String diff(
            @Parameter(hidden = true) @QueryParam("from") @Nullable String from,
            @Parameter(hidden = true) @QueryParam("to") @Nullable String to)
            throws StoreUnavailableException {
        RevisionRange range = new RevisionRange(from, to);
        Sides sides = history.read(reader -> sides(range, reader));
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("from", sides.from()).put("to", sides.to());
        HistoryJson.add(ConfigurationComparison.of(sides.before(), sides.changes(), layers), json);
        return json.toString();
    }

    @GET
    @Produces("text/plain;charset=utf-8;qs=0.5")
    @Operation(hidden = true)
    public String unifiedDiff(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws StoreUnavailableException {
        RevisionRange range = new RevisionRange(from, to);
        return history.read(reader -> {
            long earlier = range.from(reader.latest());
            long later = range.to(reader.latest());
            return UnifiedDiff.of(reader.between(earlier, later), "revision " + earlier, "revision " + later);
        });
    }

    private static Sides sides(RevisionRange range, HistoryReader reader) {
        long from = range.from(reader.latest());
        long to = range.to(reader.latest());
        List<DocumentDelta> changes = reader.between(from, to);
        boolean changesDefaults = changes.stream().anyMatch(DocumentDelta::isDefaults);
        ConfigurationDocuments before = changesDefaults
                ? reader.at(from)
                : new ConfigurationDocuments(reader.defaultsAt(from), Collections.emptySortedMap());
        return new Sides(from, to, before, changes);
    }

    private record Sides(long from, long to, ConfigurationDocuments before, List<DocumentDelta> changes) {}
}
