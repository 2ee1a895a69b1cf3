package dev.pintle.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Introspection on the admin port. */
@Path("/")
public final class IntrospectionResource {
    private final NodeReport report;

    IntrospectionResource(NodeReport report) {
        this.report = report;
    }

    @GET
    @Path("__health")
    public Response health() {
        return response(report.health());
    }

    @GET
    @Path("__ready")
    public Response ready() {
        return response(report.ready());
    }

    @GET
    @Path("__routes")
    public Response routes() {
        return response(report.routes());
    }

    @GET
    @Path("__circuit")
    public Response circuits() {
        return response(report.circuits());
    }

    @GET
    @Path("__limits")
    public Response limits() {
        return response(report.limits());
    }

    @GET
    @Path("__metrics")
    public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        return response(report.metrics(accept));
    }

    private static Response response(Page page) {
        return Response.status(page.status())
                .header(HttpHeaders.CONTENT_TYPE, page.mediaType())
                .entity(page.content())
                .build();
    }
}
