package dev.pintle.proxy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/** The catch-all resource: every request of the gateway's port, whatever its method and path, goes through it. */
public final class ProxyResource implements Inflector<ContainerRequestContext, @Nullable Response> {
    private final FrontDoor door;

    private ProxyResource(FrontDoor door) {
        this.door = door;
    }

    /**
     * Jersey with this resource and nothing else: what it would look for, listen to or log for other applications costs each
     * request a part. {@link FrontFilter} must stand before it.
     */
    public static ServletContainer servlet(FrontDoor door) {
        Resource.Builder root = Resource.builder("/");
        root.addMethod("POST").handledBy(new ProxyResource(door));
        ResourceConfig jersey = new ResourceConfig();
        jersey.registerResources(root.build());
        jersey.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        return new ServletContainer(jersey);
    }

    /** Answers on the servlet's own response; what Jersey sees is empty, and comes too late to be sent. */
    @Override
    public @Nullable Response apply(ContainerRequestContext context) {
        door.serve((Passage) context.getProperty(FrontFilter.PASSAGE));
        return null;
    }
}
