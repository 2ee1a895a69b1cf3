package dev.pintle.proxy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Enumeration;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * Jersey with {@link ProxyResource} and nothing else: what it would look for, listen to or log for other applications costs
 * each request a part. It is shown the same plain request whatever the client sent, and the real one is kept aside: Jersey
 * refuses methods and paths that a gateway must pass on, and reads the bodies of forms.
 */
public final class ProxyServlet extends ServletContainer {
    static final String PASSAGE = Passage.class.getName();

    private static final long serialVersionUID = 1L;
    private static final URI ROOT = URI.create("http://gateway/");

    public ProxyServlet(FrontDoor door) {
        super(jersey(door));
    }

    private static ResourceConfig jersey(FrontDoor door) {
        Resource.Builder root = Resource.builder("/");
        root.addMethod("POST").handledBy(new ProxyResource(door));
        ResourceConfig jersey = new ResourceConfig();
        jersey.registerResources(root.build());
        jersey.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        return jersey;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(PASSAGE, new Passage(request, response));
        service(ROOT, ROOT, new Plain(request), response);
    }

    private static final class Plain extends HttpServletRequestWrapper {
        Plain(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "POST";
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public int getContentLength() {
            return 0;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.emptyEnumeration();
        }
    }
}
