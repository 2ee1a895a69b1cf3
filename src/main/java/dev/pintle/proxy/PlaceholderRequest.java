package dev.pintle.proxy;

import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import org.glassfish.jersey.internal.PropertiesDelegate;
import org.glassfish.jersey.message.internal.AcceptableMediaType;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request that Jersey receives in place of a client request. It has the same method and URI for all of them, no headers and no
 * properties, so that Jersey parses nothing. It carries the client request to {@link ProxyResource}.
 */
final class PlaceholderRequest extends ContainerRequest {
    static final String METHOD = "POST";
    private static final URI ROOT = URI.create("http://gateway/");
    private static final List<AcceptableMediaType> ANY = List.of(new AcceptableMediaType("*", "*"));

    private final ServletExchange exchange;

    PlaceholderRequest(ServletExchange exchange, Configuration configuration) {
        super(ROOT, ROOT, METHOD, NoSecurityContext.INSTANCE, NoProperties.INSTANCE, configuration);
        this.exchange = exchange;
        setWriter(DiscardingResponseWriter.INSTANCE);
    }

    ServletExchange exchange() {
        return exchange;
    }

    @Override
    public @Nullable MediaType getMediaType() {
        return null;
    }

    @Override
    public List<AcceptableMediaType> getQualifiedAcceptableMediaTypes() {
        return ANY;
    }

    /** Discards properties. Jersey sets only the logger of its traces, which the request keeps, too. */
    private enum NoProperties implements PropertiesDelegate {
        INSTANCE;

        @Override
        public @Nullable Object getProperty(String name) {
            return null;
        }

        @Override
        public Collection<String> getPropertyNames() {
            return List.of();
        }

        @Override
        public void setProperty(String name, Object value) {
            // Nothing reads it.
        }

        @Override
        public void removeProperty(String name) {
            // No property exists.
        }
    }

    /** A security context without access decisions, which Jersey requires. */
    private enum NoSecurityContext implements SecurityContext {
        INSTANCE;

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
