package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityChange;
import dev.pintle.config.EntityDocument;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.history.Cause;
import dev.pintle.history.ChangeOp;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
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

/** The consumers and the identity providers: the same calls as for routes. */
@Path("/api/v1/{kind: consumers|identity-providers}")
@Produces(MediaType.APPLICATION_JSON)
public final class EntityResource {
    private final ConfigurationSync sync;
    private final EntityValidator validator;
    private final ConfigurationWriter writer;
    private final LintReview lint;

    public EntityResource(
            ConfigurationSync sync, EntityValidator validator, ConfigurationWriter writer, LintReview lint) {
        this.sync = sync;
        this.validator = validator;
        this.writer = writer;
        this.lint = lint;
    }

    @GET
    @Operation(operationId = "listEntities", summary = "Every consumer, or every identity provider")
    @ApiResponse(responseCode = "200", ref = "Entities")
    public Response list(@Context Request request, @PathParam("kind") String path) {
        EntityKind kind = kind(path);
        Configuration current = sync.current();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", current.revision());
        ArrayNode list = json.putArray(kind.listKey());
        current.entities(kind).values().forEach(stored -> list.add(stored.json()));
        return Responses.document(request, current.revision(), current.revision(), json);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "addEntity",
            summary = "Add a consumer or an identity provider",
            parameters = {@Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "201", ref = "Entity")
    public Response add(
            @Context ContainerRequestContext request,
            @PathParam("kind") String path,
            @RequestBody(ref = "Entity") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        EntityDocument document =
                validator.read(kind(path), json, json.path("id").asText());
        try {
            return put(request, WriteContext.of(request), document, new Precondition.Absent());
        } catch (EditRejectedException e) {
            if (e.reason() == Reason.PRECONDITION) {
                throw DocumentIds.taken(document.key());
            }
            throw e;
        }
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getEntity", summary = "One consumer or identity provider")
    @ApiResponse(responseCode = "200", ref = "Entity")
    public Response get(@Context Request request, @PathParam("kind") String path, @PathParam("id") String id) {
        Configuration current = sync.current();
        VersionedDocument stored = require(current, kind(path).key(id));
        return Responses.document(request, current.revision(), stored.revision(), stored.json());
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "putEntity",
            summary = "Add or replace a consumer or an identity provider",
            parameters = {
                @Parameter(ref = "IfMatch"),
                @Parameter(ref = "IfNoneMatch"),
                @Parameter(ref = "Strict"),
                @Parameter(ref = "Reason")
            })
    @ApiResponse(responseCode = "200", ref = "Entity")
    @ApiResponse(responseCode = "201", ref = "Entity")
    public Response put(
            @Context ContainerRequestContext request,
            @PathParam("kind") String path,
            @PathParam("id") String id,
            @RequestBody(ref = "Entity") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        WriteContext context = WriteContext.of(request);
        return put(request, context, validator.read(kind(path), json, id), context.precondition());
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @ConfigurationWrite
    @Operation(
            operationId = "patchEntity",
            summary = "Change parts of a consumer or an identity provider (RFC 7396)",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Entity")
    public Response patch(
            @Context ContainerRequestContext request,
            @PathParam("kind") String path,
            @PathParam("id") String id,
            @RequestBody(ref = "EntityPatch") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode patch = JsonRequestBody.read(body);
        WriteContext context = WriteContext.of(request);
        EntityKind kind = kind(path);
        return writer.repeat(() -> {
            VersionedDocument stored = require(sync.current(), kind.key(id));
            Preconditions.require(context.precondition(), stored);
            EntityDocument patched = validator.read(kind, MergePatch.apply(stored.json(), patch), id);
            return put(request, context, patched, new Precondition.WrittenBy(Set.of(stored.revision())));
        });
    }

    @DELETE
    @Path("{id}")
    @ConfigurationWrite
    @Operation(
            operationId = "deleteEntity",
            summary = "Remove a consumer or an identity provider that no route refers to",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "204", description = "The document is removed.")
    public Response delete(
            @Context ContainerRequestContext request, @PathParam("kind") String path, @PathParam("id") String id)
            throws EditRejectedException, StoreUnavailableException {
        WriteContext context = WriteContext.of(request);
        DocumentKey key = kind(path).key(id);
        Edit delete = new Edit.Delete(key, context.precondition());
        CommittedPlan committed = write(request, context, new EntityChange(List.of(), List.of(key)), delete);
        return Responses.ordered(committed.revision());
    }

    private Response put(
            ContainerRequestContext request, WriteContext context, EntityDocument document, Precondition precondition)
            throws EditRejectedException, StoreUnavailableException {
        Edit put = new Edit.Put(document, precondition);
        CommittedPlan committed = write(request, context, new EntityChange(List.of(document), List.of()), put);
        boolean created = committed.changes().stream().anyMatch(change -> change.op() == ChangeOp.CREATE);
        VersionedDocument stored =
                committed.state().configuration().find(document.key()).orElseThrow();
        Response.ResponseBuilder response = Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(stored.json().toString())
                .tag(Long.toString(stored.revision()))
                .header(Responses.REVISION, committed.revision());
        URI location = URI.create("/api/v1/" + document.kind().path() + '/' + document.id());
        return created ? response.location(location).build() : response.build();
    }

    private CommittedPlan write(ContainerRequestContext request, WriteContext context, EntityChange change, Edit edit)
            throws EditRejectedException, StoreUnavailableException {
        return writer.write(context.author(), Cause.EDIT, (latest, history) -> {
            validator.requireUnused(change, latest, Set.of());
            return lint.review(request, latest, List.of(edit));
        });
    }

    private static EntityKind kind(String path) {
        return path.equals(EntityKind.CONSUMER.path()) ? EntityKind.CONSUMER : EntityKind.IDENTITY_PROVIDER;
    }

    private static VersionedDocument require(Configuration current, DocumentKey key) {
        return current.find(key)
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.NOT_FOUND,
                        current.unreadable(key)
                                .map(document -> "The stored document of " + key.name() + ' ' + document.reason()
                                        + ". Replace it with PUT, or remove it with DELETE.")
                                .orElse("The admin API knows no " + key.name() + '.')));
    }
}
