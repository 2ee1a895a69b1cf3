package dev.pintle.admin.openapi;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API described; made when it is first asked for, as most nodes never are. */
@Path("/api/v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {
    private final Set<Class<?>> resources;
    private @Nullable String description;

    private OpenApiResource(Set<Class<?>> resources) {
        this.resources = resources;
    }

    /** The resource that describes others. Jersey warns at every start about a public constructor with a generic parameter. */
    public static OpenApiResource describing(Set<Class<?>> resources) {
        return new OpenApiResource(Set.copyOf(resources));
    }

    @GET
    public synchronized String get() {
        if (description == null) {
            description = OpenApiDocument.of(resources);
        }
        return description;
    }
}
