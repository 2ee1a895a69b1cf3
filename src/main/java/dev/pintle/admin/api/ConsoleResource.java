package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.console.ConsoleFiles;
import dev.pintle.console.WebFile;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Serves the files of the console. They contain no data, so that they need no session. */
@Hidden
@Path("/console")
public final class ConsoleResource {
    /** Allows the files of this node only. Trusted Types keep every text of an operator or client from becoming markup. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";

    private final ConsoleFiles files;

    public ConsoleResource(ConsoleFiles files) {
        this.files = files;
    }

    @GET
    public Response page(@Context ContainerRequestContext request) {
        return file("", request);
    }

    @GET
    @Path("{path: .*}")
    public Response file(@PathParam("path") String path, @Context ContainerRequestContext request) {
        WebFile file = files.find(path)
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.NOT_FOUND, "The console has no file \"" + path + "\". Open /console/ instead."));
        return WebFileResponse.of(file, request)
                .header("Content-Security-Policy", POLICY)
                .build();
    }
}
