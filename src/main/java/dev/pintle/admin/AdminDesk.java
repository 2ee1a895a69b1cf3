package dev.pintle.admin;

import dev.pintle.routing.DryRun;
import dev.pintle.routing.Explainer;
import dev.pintle.routing.LiveTable;
import dev.pintle.routing.Workshop;
import dev.pintle.store.RouteStore;
import dev.pintle.sync.Orders;
import dev.pintle.sync.Sync;
import dev.pintle.telemetry.TraceIds;
import dev.pintle.time.Ticker;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.lang.reflect.Type;
import java.util.EnumSet;
import java.util.Set;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;

/** The control desk: the admin API and introspection, on the admin port. */
public final class AdminDesk {
    /** All of the port: Dropwizard's own pages and tasks ask for no token. */
    private static final String EVERY_PATH = "/*";

    /** What the description of the API is of. */
    private static final Set<Class<?>> DESCRIBED = Set.of(
            RoutesResource.class,
            DefaultsResource.class,
            CircuitsResource.class,
            LimitsResource.class,
            ExplainResource.class,
            IntrospectionResource.class);

    private final ResourceConfig jersey = new ResourceConfig();

    /** A desk that anyone with one of the tokens may sit at. */
    public AdminDesk(
            AdminTokens tokens,
            TraceIds traceIds,
            RouteStore store,
            Sync sync,
            Orders orders,
            Workshop workshop,
            LiveTable live,
            NodeReport report,
            Ticker ticker) {
        Checks checks = new Checks(sync, new DryRun(workshop));
        Clerk clerk = new Clerk(store, sync);
        TrafficReport traffic = new TrafficReport(workshop);
        jersey.register(new Stamp(traceIds))
                .register(new RequireToken(new Doorman(tokens, ticker)))
                .register(new RequireRole())
                .register(new PromptBody(ticker))
                .register(new Audit(workshop.clock(), ticker))
                .register(new ProblemMapper());
        register(
                new RoutesResource(sync, checks, clerk),
                new DefaultsResource(sync, checks, clerk),
                new CircuitsResource(sync, orders, traffic, workshop.clock()),
                new LimitsResource(sync, orders, workshop.rateLimits()),
                new ExplainResource(new Explainer(live), traffic, workshop.rateLimits()),
                new OpenApiResource(DESCRIBED),
                new IntrospectionResource(report));
        // Nothing that happens to lie on the class path takes part.
        jersey.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }

    /** Jersey takes resources as classes, and a binder that leads from these to the instances. */
    private void register(Object... resources) {
        jersey.register(new AbstractBinder() {
            @Override
            protected void configure() {
                for (Object resource : resources) {
                    bind(resource).to((Type) resource.getClass());
                }
            }
        });
        for (Object resource : resources) {
            jersey.register(resource.getClass());
        }
    }

    /** Answers at its paths from now on; as a filter, for then Jersey sees whole paths, whichever of them it is. */
    public void mountOn(ServletEnvironment admin) {
        FilterRegistration.Dynamic filter = admin.addFilter("admin-desk", new ServletContainer(jersey));
        filter.setInitParameter(ServletProperties.FILTER_CONTEXT_PATH, "/");
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, EVERY_PATH);
    }
}
