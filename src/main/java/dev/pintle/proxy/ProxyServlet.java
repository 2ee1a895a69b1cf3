package dev.pintle.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.server.internal.process.RequestProcessingContextReference;
import org.glassfish.jersey.server.model.Resource;

/**
 * Runs Jersey with {@link ProxyResource} only, without discovery of other components, which would slow down each
 * request. Jersey receives a {@link PlaceholderRequest} for every client request, because it rejects methods and paths
 * that a gateway must forward, and reads the bodies of forms.
 */
public final class ProxyServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ApplicationHandler jersey;

    public ProxyServlet(ProxyHandler handler) {
        this(handler::serve);
    }

    ProxyServlet(Consumer<ServletExchange> handler) {
        jersey = new ApplicationHandler(application(handler));
    }

    private static ResourceConfig application(Consumer<ServletExchange> handler) {
        Resource.Builder root = Resource.builder("/");
        // Without media types, Jersey would compare each request with those of all its readers and writers.
        root.addMethod(PlaceholderRequest.METHOD)
                // The resource sends the response, so that Jersey waits for none and runs no filters of responses.
                .suspended(AsyncResponse.NO_TIMEOUT, TimeUnit.SECONDS)
                .consumes(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .produces(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .handledBy(new ProxyResource(handler));
        ResourceConfig application = new ResourceConfig();
        application.registerResources(root.build());
        application.register(new SharedReference());
        application
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                // The resource has no constraints, and Jersey would validate each call of it.
                .property(ServerProperties.BV_FEATURE_DISABLE, true)
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        return application;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        jersey.handle(new PlaceholderRequest(new ServletExchange(request, response), jersey.getConfiguration()));
    }

    /**
     * Jersey creates a reference to each request, to inject the request into resources. {@link ProxyResource} needs none, so all
     * requests share one that stays empty.
     */
    private static final class SharedReference extends AbstractBinder {
        @Override
        protected void configure() {
            RequestProcessingContextReference empty = new RequestProcessingContextReference() {
                @Override
                public void set(RequestProcessingContext request) {}
            };
            // The rank wins over the binding of Jersey.
            bind(empty).to(RequestProcessingContextReference.class).ranked(1);
        }
    }
}
