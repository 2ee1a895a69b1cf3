package dev.pintle.admin;

import dev.pintle.admin.api.AppliedWaitFilter;
import dev.pintle.admin.api.AuditLogFilter;
import dev.pintle.admin.api.AuditResource;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.AuditTrailFilter;
import dev.pintle.admin.api.BodyReadTimeoutFilter;
import dev.pintle.admin.api.ChangesResource;
import dev.pintle.admin.api.CircuitsResource;
import dev.pintle.admin.api.ConfigurationWriter;
import dev.pintle.admin.api.ConsumerCredentials;
import dev.pintle.admin.api.ConsumerKeysResource;
import dev.pintle.admin.api.ConsumerPasswordResource;
import dev.pintle.admin.api.DefaultsResource;
import dev.pintle.admin.api.DiffResource;
import dev.pintle.admin.api.EntityResource;
import dev.pintle.admin.api.EntityValidator;
import dev.pintle.admin.api.ExplainResource;
import dev.pintle.admin.api.IntrospectionResource;
import dev.pintle.admin.api.LimitsResource;
import dev.pintle.admin.api.LintResource;
import dev.pintle.admin.api.LintReview;
import dev.pintle.admin.api.NodesResource;
import dev.pintle.admin.api.PlanValidator;
import dev.pintle.admin.api.ProblemExceptionMapper;
import dev.pintle.admin.api.RequestFormFilter;
import dev.pintle.admin.api.RevisionsResource;
import dev.pintle.admin.api.RollbackResource;
import dev.pintle.admin.api.RouteRequestValidator;
import dev.pintle.admin.api.RoutesResource;
import dev.pintle.admin.api.TraceIdFilter;
import dev.pintle.admin.api.TunnelsResource;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.AuthorizationFilter;
import dev.pintle.admin.auth.TokenAuthenticator;
import dev.pintle.admin.openapi.OpenApiResource;
import dev.pintle.history.SettingLayers;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.lint.Linter;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.explain.Explainer;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.routing.table.RouteRuntime;
import dev.pintle.store.ClusterStore;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.HistoryStore;
import dev.pintle.sync.ConfigurationSync;
import dev.pintle.sync.OperatorOverrides;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.telemetry.TraceContextExtractor;
import dev.pintle.time.Ticker;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.glassfish.jersey.servlet.ServletProperties;

/** The control desk: the admin API and introspection, on the admin port. */
public final class AdminApi {
    /** All of the port: Dropwizard's own pages and tasks ask for no token. */
    private static final String EVERY_PATH = "/*";

    /** What the description of the API is of. */
    private static final Set<Class<?>> DESCRIBED = Set.of(
            RoutesResource.class,
            DefaultsResource.class,
            EntityResource.class,
            ConsumerKeysResource.class,
            ConsumerPasswordResource.class,
            ChangesResource.class,
            RevisionsResource.class,
            RollbackResource.class,
            DiffResource.class,
            LintResource.class,
            NodesResource.class,
            AuditResource.class,
            CircuitsResource.class,
            LimitsResource.class,
            TunnelsResource.class,
            ExplainResource.class,
            IntrospectionResource.class);

    private final ResourceConfig jersey = new ResourceConfig();

    /** A desk that anyone with one of the tokens may sit at. */
    public AdminApi(
            AdminTokens tokens,
            TraceContextExtractor traceIds,
            HistoryStore history,
            ClusterStore cluster,
            RolloutMonitor rollouts,
            AuditTrail trail,
            CredentialStore credentials,
            ConfigurationSync sync,
            OperatorOverrides orders,
            RouteRuntime workshop,
            ActiveRouteTable live,
            NodeStatus report,
            Linter linter,
            Ticker ticker) {
        EffectiveRouteValidator effective = new EffectiveRouteValidator(
                workshop.destinations(), workshop.tls().certificates().names());
        RouteRequestValidator checks = new RouteRequestValidator(sync, effective);
        PlanValidator plans = new PlanValidator(effective);
        SettingLayers layers = SettingLayers.of(RouteSchema.READER.schema());
        ConfigurationWriter clerk = new ConfigurationWriter(sync, ticker);
        ConsumerCredentials consumers = new ConsumerCredentials(sync, credentials);
        SecureRandom secrets = new SecureRandom();
        LintReview lint = new LintReview(linter);
        TrafficStatus traffic = new TrafficStatus(workshop);
        jersey.register(new TraceIdFilter(traceIds))
                .register(new AuthenticationFilter(new TokenAuthenticator(tokens, ticker)))
                .register(new AuthorizationFilter())
                .register(new RequestFormFilter())
                .register(new BodyReadTimeoutFilter(ticker))
                .register(new AuditLogFilter(workshop.clock(), ticker))
                .register(lint)
                .register(new AppliedWaitFilter(rollouts, workshop.metrics(), ticker))
                .register(new AuditTrailFilter(trail, sync, ticker))
                .register(new ProblemExceptionMapper());
        register(
                new RoutesResource(sync, checks, clerk, lint),
                new DefaultsResource(sync, checks, clerk, lint),
                new ConsumerKeysResource(consumers, workshop.clock(), secrets),
                new ConsumerPasswordResource(consumers, workshop.clock(), secrets),
                new EntityResource(sync, new EntityValidator(effective), clerk),
                new ChangesResource(clerk, plans, layers, lint),
                new RevisionsResource(history),
                new RollbackResource(plans, clerk, lint),
                new DiffResource(history, layers),
                new LintResource(sync, lint),
                new NodesResource(sync, cluster, live),
                new AuditResource(trail, workshop.clock()),
                new CircuitsResource(sync, orders, traffic),
                new LimitsResource(sync, orders, workshop.rateLimits()),
                new TunnelsResource(workshop.tunnels()),
                new ExplainResource(new Explainer(live), traffic, workshop.rateLimits()),
                OpenApiResource.describing(DESCRIBED),
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
