package dev.pintle.proxy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.process.Inflector;
import org.jspecify.annotations.Nullable;

/** The catch-all resource: every request of the gateway's port, whatever its method and path, goes through it. */
final class ProxyResource implements Inflector<ContainerRequestContext, @Nullable Response> {
    private final ProxyHandler door;

    ProxyResource(ProxyHandler door) {
        this.door = door;
    }

    /** Answers on the servlet's own response; what Jersey sees is empty, and comes too late to be sent. */
    @Override
    public @Nullable Response apply(ContainerRequestContext context) {
        door.serve((ServletExchange) context.getProperty(ProxyServlet.PASSAGE));
        return null;
    }
}
