package dev.pintle.admin.api;

import dev.pintle.console.WebFile;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers requests for a file: compressed if the client accepts it, and 304 if the client has it already. */
public final class WebFileResponse {
    private WebFileResponse() {}

    public static Response.ResponseBuilder of(WebFile file, ContainerRequestContext request) {
        boolean gzip = AcceptEncoding.hasGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        EntityTag tag = new EntityTag(file.tag(gzip));
        Response.ResponseBuilder unchanged = request.getRequest().evaluatePreconditions(tag);
        Response.ResponseBuilder answer = unchanged == null ? content(file, gzip) : unchanged;
        // Browsers ask each time, so that a page never mixes the files of two versions.
        return answer.tag(tag)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static Response.ResponseBuilder content(WebFile file, boolean gzip) {
        byte[] content = file.content(gzip);
        Response.ResponseBuilder answer =
                Response.ok(content).type(file.mediaType()).header(HttpHeaders.CONTENT_LENGTH, content.length);
        return gzip ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
    }
}
