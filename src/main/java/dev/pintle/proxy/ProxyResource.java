package dev.pintle.proxy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;
import org.jspecify.annotations.Nullable;

/** The catch-all resource: every request of the gateway's port, whatever its method and path, goes through it. */
public final class ProxyResource implements Inflector<ContainerRequestContext, @Nullable Response> {
    private final FrontDoor door;

    private ProxyResource(FrontDoor door) {
        this.door = door;
    }

    /** The resource, for Jersey's registry; {@link FrontFilter} must stand before it. */
    public static Resource of(FrontDoor door) {
        Resource.Builder root = Resource.builder("/");
        root.addMethod("POST").handledBy(new ProxyResource(door));
        return root.build();
    }

    /** Answers on the servlet's own response; what Jersey sees is empty, and comes too late to be sent. */
    @Override
    public @Nullable Response apply(ContainerRequestContext context) {
        door.serve((Passage) context.getProperty(FrontFilter.PASSAGE));
        return null;
    }
}
