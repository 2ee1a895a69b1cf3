package dev.pintle.admin.openapi;

import dev.pintle.admin.api.WebFileResponse;
import dev.pintle.console.WebFile;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves the OpenAPI document, which it creates on the first request. */
@Path("/api/v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {
    private final Set<Class<?>> resources;
    private @Nullable WebFile description;

    private OpenApiResource(Set<Class<?>> resources) {
        this.resources = resources;
    }

    /**
     * Creates a resource that describes others. Jersey logs a warning about a public constructor with a generic
     * parameter.
     */
    public static OpenApiResource describing(Set<Class<?>> resources) {
        return new OpenApiResource(Set.copyOf(resources));
    }

    @GET
    public synchronized Response get(@Context ContainerRequestContext request) {
        if (description == null) {
            description = new WebFile(
                    MediaType.APPLICATION_JSON, OpenApiDocument.of(resources).getBytes(StandardCharsets.UTF_8));
        }
        return WebFileResponse.of(description, request).build();
    }
}
