package dev.pintle.proxy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.process.Inflector;
import org.jspecify.annotations.Nullable;

/** The catch-all resource: all requests of the proxy port pass it, with any method and path. */
final class ProxyResource implements Inflector<ContainerRequestContext, @Nullable Response> {
    private final ProxyHandler handler;

    ProxyResource(ProxyHandler handler) {
        this.handler = handler;
    }

    /** Writes directly to the servlet response. Jersey receives an empty response, which it does not send. */
    @Override
    public @Nullable Response apply(ContainerRequestContext context) {
        handler.serve((ServletExchange) context.getProperty(ProxyServlet.EXCHANGE));
        return null;
    }
}
