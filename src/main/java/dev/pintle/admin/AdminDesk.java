package dev.pintle.admin;

import dev.pintle.store.RouteStore;
import dev.pintle.sync.Sync;
import dev.pintle.telemetry.TraceIds;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.lang.reflect.Type;
import java.util.EnumSet;
import java.util.List;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;

/** The control desk: the admin API and introspection, on the admin port. */
public final class AdminDesk {
    private static final String[] PATHS = {"/api/v1/*", "/__health", "/__ready", "/__routes", "/__metrics"};

    private final ResourceConfig jersey = new ResourceConfig();

    /** A desk that anyone with one of the tokens may sit at. */
    public AdminDesk(List<AdminToken> tokens, TraceIds traceIds, RouteStore store, Sync sync, NodeReport report) {
        jersey.register(new Stamp(traceIds)).register(new RequireToken(tokens)).register(new ProblemMapper());
        Checks checks = new Checks(sync);
        Clerk clerk = new Clerk(store, sync);
        add(new RoutesResource(sync, checks, clerk));
        add(new DefaultsResource(sync, checks, clerk));
        add(new IntrospectionResource(report));
        // Nothing that happens to lie on the class path takes part.
        jersey.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }

    /** Jersey takes resources as classes; the binder leads it to the instance. */
    private void add(Object resource) {
        Class<?> type = resource.getClass();
        jersey.register(type).register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(resource).to((Type) type);
            }
        });
    }

    /** Answers at its paths from now on; as a filter, for then Jersey sees whole paths, whichever of them it is. */
    public void mountOn(ServletEnvironment admin) {
        FilterRegistration.Dynamic filter = admin.addFilter("admin-desk", new ServletContainer(jersey));
        filter.setInitParameter(ServletProperties.FILTER_CONTEXT_PATH, "/");
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, PATHS);
    }
}
