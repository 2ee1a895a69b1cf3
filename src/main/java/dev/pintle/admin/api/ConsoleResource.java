package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.console.ConsoleFile;
import dev.pintle.console.ConsoleFiles;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

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
    public Response page(@HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String codings, @Context Request request) {
        return file("", codings, request);
    }

    @GET
    @Path("{path: .*}")
    public Response file(
            @PathParam("path") String path,
            @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String codings,
            @Context Request request) {
        ConsoleFile file = files.find(path)
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.NOT_FOUND, "The console has no file \"" + path + "\". Open /console/ instead."));
        boolean gzip = codings != null && codings.contains("gzip");
        EntityTag tag = new EntityTag(file.tag(gzip));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged == null ? content(file, gzip) : unchanged;
        // Browsers ask each time, so that a page never mixes the files of two versions.
        return answer.tag(tag)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", POLICY)
                .build();
    }

    private static Response.ResponseBuilder content(ConsoleFile file, boolean gzip) {
        byte[] content = file.content(gzip);
        Response.ResponseBuilder answer =
                Response.ok(content).type(file.mediaType()).header(HttpHeaders.CONTENT_LENGTH, content.length);
        return gzip ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
    }
}
