package dev.pintle.proxy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Jersey with {@link ProxyResource} and nothing else: what it would look for, listen to or log for other applications
 * costs
 * each request a part. It is shown the same plain request whatever the client sent, and the real one is kept aside:
 * Jersey
 * refuses methods and paths that a gateway must pass on, and reads the bodies of forms.
 */
public final class ProxyServlet extends HttpServlet {
    static final String PASSAGE = ServletExchange.class.getName();

    private static final long serialVersionUID = 1L;
    private static final URI ROOT = URI.create("http://gateway/");
    private static final String ANY = "POST";

    private final transient ApplicationHandler jersey;

    public ProxyServlet(ProxyHandler door) {
        jersey = new ApplicationHandler(application(door));
    }

    private static ResourceConfig application(ProxyHandler door) {
        Resource.Builder root = Resource.builder("/");
        root.addMethod(ANY).handledBy(new ProxyResource(door));
        ResourceConfig application = new ResourceConfig();
        application.registerResources(root.build());
        application
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        return application;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        ContainerRequest plain = new ContainerRequest(
                ROOT, ROOT, ANY, Nobody.KNOWN, new MapPropertiesDelegate(), jersey.getConfiguration());
        plain.setProperty(PASSAGE, new ServletExchange(request, response));
        plain.setWriter(DiscardingResponseWriter.ALREADY);
        jersey.handle(plain);
    }

    /** Jersey makes no access decisions. */
    private enum Nobody implements SecurityContext {
        KNOWN;

        @Override
        public @Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }
}
