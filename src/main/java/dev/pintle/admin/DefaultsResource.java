package dev.pintle.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.route.Configuration;
import dev.pintle.route.DefaultsDocument;
import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.MalformedJsonException;
import dev.pintle.route.Stored;
import dev.pintle.store.Edit;
import dev.pintle.store.RefusedEditException;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.store.Written;
import dev.pintle.store.Written.Outcome;
import dev.pintle.sync.Sync;
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

/** The one document of defaults; it is always there, and empty at first. */
@Path("/api/v1/defaults")
@Produces(MediaType.APPLICATION_JSON)
public final class DefaultsResource {
    private final Sync sync;
    private final Checks checks;
    private final Clerk clerk;

    DefaultsResource(Sync sync, Checks checks, Clerk clerk) {
        this.sync = sync;
        this.checks = checks;
        this.clerk = clerk;
    }

    @GET
    @Operation(operationId = "getDefaults", summary = "What holds where a route says nothing")
    @ApiResponse(responseCode = "200", ref = "Defaults")
    public Response get(@Context Request request) {
        Configuration current = sync.current();
        Stored defaults = current.defaults();
        return Answers.document(request, current.revision(), defaults.revision(), defaults.json());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putDefaults",
            summary = "Replace the defaults",
            parameters = {@Parameter(ref = "IfMatch"), @Parameter(ref = "Reason")})
    @ApiResponse(responseCode = "200", ref = "Defaults")
    public Response put(@Context ContainerRequestContext request, @RequestBody(ref = "Defaults") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, RefusedEditException,
                    StoreUnavailableException {
        JsonNode json = JsonBody.read(body);
        Terms terms = Terms.of(request);
        DefaultsDocument defaults = checks.defaults(json);
        Written written = clerk.write(terms.author(), new Edit.PutDefaults(defaults, terms.precondition()));
        boolean unchanged = written.outcomes().getFirst() == Outcome.UNCHANGED;
        Stored kept = unchanged ? sync.current().defaults() : new Stored(written.revision(), defaults.json());
        return Answers.written(written, kept).build();
    }
}
