package dev.pintle.proxy;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import org.glassfish.jersey.process.Inflector;

/** The catch-all resource: all requests of the proxy port pass it, with any method and path. */
final class ProxyResource implements Inflector<ContainerRequestContext, Response> {
    /** The same for every request. Jersey does not send it. */
    private static final Response EMPTY = Response.noContent().build();

    private final Consumer<ServletExchange> handler;

    ProxyResource(Consumer<ServletExchange> handler) {
        this.handler = handler;
    }

    /** Writes directly to the servlet response. */
    @Override
    public Response apply(ContainerRequestContext context) {
        handler.accept(((PlaceholderRequest) context).exchange());
        return EMPTY;
    }
}
