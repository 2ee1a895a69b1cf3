package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.auth.ReadOnly;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.config.Violation;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.store.WriteResult.Outcome;
import dev.pintle.sync.ConfigurationSync;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Reads and writes routes. Reads return the active routes of this node, also while PostgreSQL is unavailable. */
@Path(RoutesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class RoutesResource {
    static final String PATH = "/api/v1/routes";

    private final ConfigurationSync sync;
    private final RouteRequestValidator validator;
    private final ConfigurationWriter writer;
    private final LintReview lint;

    public RoutesResource(
            ConfigurationSync sync, RouteRequestValidator validator, ConfigurationWriter writer, LintReview lint) {
        this.sync = sync;
        this.validator = validator;
        this.writer = writer;
        this.lint = lint;
    }

    @GET
    @Operation(operationId = "listRoutes", summary = "List all routes")
    @ApiResponse(responseCode = "200", ref = "Routes")
    public Response list(@Context Request request) {
        Configuration current = sync.current();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", current.revision());
        ArrayNode routes = json.putArray("routes");
        current.routes().values().forEach(stored -> routes.add(stored.json()));
        return Responses.document(request, current.revision(), current.revision(), json);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "addRoute",
            summary = "Add a route; the gateway derives an id if it has none",
            parameters = {@Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "201", ref = "Route")
    public Response add(@Context ContainerRequestContext request, @RequestBody(ref = "Route") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        if (!DocumentIds.hasId(json)) {
            return writer.repeat(() -> create(request, validator.route(json, validator.unusedId(json))));
        }
        RouteDocument route = validator.route(json, json.path("id").asText());
        try {
            return create(request, route);
        } catch (EditRejectedException e) {
            if (e.reason() == Reason.PRECONDITION) {
                throw DocumentIds.taken(route.key());
            }
            throw e;
        }
    }

    @POST
    @ReadOnly
    @Path("validate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "validateRoute", summary = "Validate a route without storing it")
    @ApiResponse(responseCode = "200", ref = "Violations")
    public Response validate(@RequestBody(ref = "Route") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException {
        JsonNode json = JsonRequestBody.read(body);
        try {
            RouteDocument route = validator.proposed(json);
            List<Violation> conflicts = validator.conflict(route).stream().toList();
            return validated(
                    conflicts,
                    conflicts.isEmpty() ? lint.proposed(route, sync.current()) : JsonNodeFactory.instance.arrayNode());
        } catch (InvalidSpecException e) {
            return validated(e.violations(), JsonNodeFactory.instance.arrayNode());
        }
    }

    private static Response validated(List<Violation> violations, ArrayNode lint) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("violations", ProblemExceptionMapper.json(violations));
        answer.set("lint", lint);
        return Response.ok(answer.toString()).build();
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getRoute", summary = "Get one route")
    @ApiResponse(responseCode = "200", ref = "Route")
    public Response get(@Context Request request, @PathParam("id") String id) {
        Configuration current = sync.current();
        VersionedDocument stored = Responses.require(current, id);
        return Responses.document(request, current.revision(), stored.revision(), stored.json());
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "putRoute",
            summary = "Add or replace a route",
            parameters = {
                @Parameter(ref = "IfMatch"),
                @Parameter(ref = "IfNoneMatch"),
                @Parameter(ref = "Strict"),
                @Parameter(ref = "Reason")
            })
    @ApiResponse(responseCode = "200", ref = "Route")
    @ApiResponse(responseCode = "201", ref = "Route")
    public Response put(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBody(ref = "Route") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        return write(
                request, validator.route(json, id), WriteContext.of(request).precondition());
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @ConfigurationWrite
    @Operation(
            operationId = "patchRoute",
            summary = "Change parts of a route (RFC 7396)",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Route")
    public Response patch(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBody(ref = "RoutePatch") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode patch = JsonRequestBody.read(body);
        WriteContext context = WriteContext.of(request);
        return writer.repeat(() -> {
            VersionedDocument stored = Responses.require(sync.current(), id);
            Preconditions.require(context.precondition(), stored);
            RouteDocument patched = validator.route(MergePatch.apply(stored.json(), patch), id);
            return write(request, patched, new Precondition.WrittenBy(Set.of(stored.revision())));
        });
    }

    @DELETE
    @Path("{id}")
    @ConfigurationWrite
    @Operation(
            operationId = "deleteRoute",
            summary = "Remove a route",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "204", description = "The route is removed.")
    public Response delete(@Context ContainerRequestContext request, @PathParam("id") String id)
            throws EditRejectedException, StoreUnavailableException {
        WriteContext context = WriteContext.of(request);
        Edit edit = new Edit.Delete(DocumentKey.route(id), context.precondition());
        lint.review(request, sync.current(), List.of(edit));
        return Responses.deleted(writer.write(context.author(), edit));
    }

    private Response create(ContainerRequestContext request, RouteDocument route)
            throws EditRejectedException, StoreUnavailableException {
        return write(request, route, new Precondition.Absent());
    }

    private Response write(ContainerRequestContext request, RouteDocument route, Precondition precondition)
            throws EditRejectedException, StoreUnavailableException {
        Edit edit = new Edit.Put(route, precondition);
        lint.review(request, sync.current(), List.of(edit));
        WriteResult written = writer.write(WriteContext.of(request).author(), edit);
        VersionedDocument fresh = new VersionedDocument(written.revision(), route.json());
        Outcome outcome = written.outcomes().getFirst();
        VersionedDocument document =
                outcome == Outcome.UNCHANGED ? sync.current().routes().getOrDefault(route.id(), fresh) : fresh;
        Response.ResponseBuilder answer = Responses.written(written, document);
        return outcome == Outcome.CREATED
                ? answer.location(URI.create(PATH + '/' + route.id())).build()
                : answer.build();
    }
}
