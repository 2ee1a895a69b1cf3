package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.EntityKind;
import dev.pintle.config.ExportFile;
import dev.pintle.history.ConfigurationDocuments;
import dev.pintle.history.RevisionEntry;
import dev.pintle.store.HistoryStore;
import dev.pintle.store.RevisionQuery;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the revisions of the configuration with author, time, reason and changes. */
@Path(RevisionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class RevisionsResource {
    static final String PATH = "/api/v1/revisions";

    private final HistoryStore history;

    public RevisionsResource(HistoryStore history) {
        this.history = history;
    }

    @GET
    @Operation(
            operationId = "listRevisions",
            summary = "List the revisions, the latest first",
            parameters = {
                @Parameter(ref = "RevisionLimit"),
                @Parameter(ref = "Before"),
                @Parameter(ref = "ChangedRoute"),
                @Parameter(ref = "Author")
            })
    @ApiResponse(responseCode = "200", ref = "Revisions")
    public String list(
            @Parameter(hidden = true) @QueryParam("limit") @Nullable String limit,
            @Parameter(hidden = true) @QueryParam("before") @Nullable String before,
            @Parameter(hidden = true) @QueryParam("route") @Nullable String route,
            @Parameter(hidden = true) @QueryParam("author") @Nullable String author)
            throws StoreUnavailableException {
        RevisionPage page = RevisionPage.of(limit, before);
        RevisionQuery query = page.query(route, author);
        List<RevisionEntry> found = history.read(reader -> reader.list(query));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode revisions = json.putArray("revisions");
        page.shown(found).forEach(entry -> revisions.add(HistoryJson.entry(entry)));
        page.next(found).ifPresent(next -> json.put("next", next));
        return json.toString();
    }

    @GET
    @Path("{number}")
    @Operation(
            operationId = "getRevision",
            summary = "Get one revision, with each changed document before and" + " after it")
    @ApiResponse(responseCode = "200", ref = "Revision")
    public String get(@PathParam("number") String text) throws StoreUnavailableException {
        long number = RevisionNumber.inPath(text);
        return HistoryJson.detail(history.read(reader -> reader.revision(number)))
                .toString();
    }

    @GET
    @Path("{number}/configuration")
    @Operation(
            operationId = "getConfiguration",
            summary = "Get the whole configuration of a revision, in the format of routes export")
    @ApiResponse(responseCode = "200", ref = "Configuration")
    public String configuration(@PathParam("number") String text) throws StoreUnavailableException {
        long number = RevisionNumber.inPath(text);
        ConfigurationDocuments documents = history.read(reader -> reader.at(number));
        Map<EntityKind, Collection<JsonNode>> entities = new EnumMap<>(EntityKind.class);
        documents.entities().forEach((kind, stored) -> entities.put(kind, stored.values()));
        return ExportFile.text(
                number, documents.defaults(), entities, documents.routes().values());
    }
}
