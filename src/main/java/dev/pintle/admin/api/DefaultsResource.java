package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.WriteResult;
import dev.pintle.store.WriteResult.Outcome;
import dev.pintle.sync.ConfigurationSync;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads and writes the defaults, which always exist and are empty at first. */
@Path("/api/v1/defaults")
@Produces(MediaType.APPLICATION_JSON)
public final class DefaultsResource {
    private final ConfigurationSync sync;
    private final RouteRequestValidator validator;
    private final ConfigurationWriter writer;
    private final LintReview lint;

    public DefaultsResource(
            ConfigurationSync sync, RouteRequestValidator validator, ConfigurationWriter writer, LintReview lint) {
        this.sync = sync;
        this.validator = validator;
        this.writer = writer;
        this.lint = lint;
    }

    @GET
    @Operation(operationId = "getDefaults", summary = "Get the defaults, which apply where a route sets no value")
    @ApiResponse(responseCode = "200", ref = "Defaults")
    public Response get(@Context Request request) {
        Configuration current = sync.current();
        VersionedDocument defaults = current.defaults();
        return Responses.document(request, current.revision(), defaults.revision(), defaults.json());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @ConfigurationWrite
    @Operation(
            operationId = "putDefaults",
            summary = "Replace the defaults",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Strict"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Defaults")
    public Response put(@Context ContainerRequestContext request, @RequestBody(ref = "Defaults") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, EditRejectedException,
                    StoreUnavailableException {
        JsonNode json = JsonRequestBody.read(body);
        WriteContext context = WriteContext.of(request);
        DefaultsDocument defaults = validator.defaults(json);
        Edit edit = new Edit.Put(defaults, context.precondition());
        lint.review(request, sync.current(), List.of(edit));
        WriteResult written = writer.write(context.author(), edit);
        boolean unchanged = written.outcomes().getFirst() == Outcome.UNCHANGED;
        VersionedDocument stored =
                unchanged ? sync.current().defaults() : new VersionedDocument(written.revision(), defaults.json());
        return Responses.written(written, stored).build();
    }
}
