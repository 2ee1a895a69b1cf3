package dev.pintle.admin;

import dev.pintle.admin.api.AuditLogFilter;
import dev.pintle.admin.api.AuditResource;
import dev.pintle.admin.api.AuditTrail;
import dev.pintle.admin.api.AuditTrailFilter;
import dev.pintle.admin.api.BodyReadTimeoutFilter;
import dev.pintle.admin.api.ChangesResource;
import dev.pintle.admin.api.CircuitsResource;
import dev.pintle.admin.api.ConfigurationWriter;
import dev.pintle.admin.api.ConfirmationResource;
import dev.pintle.admin.api.ConnectionsResource;
import dev.pintle.admin.api.ConsoleResource;
import dev.pintle.admin.api.ConsumerCertificatesResource;
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
import dev.pintle.admin.api.LiveResource;
import dev.pintle.admin.api.MaintenanceResource;
import dev.pintle.admin.api.NodesResource;
import dev.pintle.admin.api.PeerResource;
import dev.pintle.admin.api.PlanValidator;
import dev.pintle.admin.api.ProblemExceptionMapper;
import dev.pintle.admin.api.RequestFormFilter;
import dev.pintle.admin.api.RevisionsResource;
import dev.pintle.admin.api.RollbackResource;
import dev.pintle.admin.api.RouteRequestValidator;
import dev.pintle.admin.api.RoutesResource;
import dev.pintle.admin.api.SecurityHeadersFilter;
import dev.pintle.admin.api.SessionResource;
import dev.pintle.admin.api.TraceIdFilter;
import dev.pintle.admin.api.TunnelsResource;
import dev.pintle.admin.api.WriteAnswerFilter;
import dev.pintle.admin.auth.AdminTokens;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.AuthorizationFilter;
import dev.pintle.admin.auth.SessionAuthenticator;
import dev.pintle.admin.auth.SessionRenewalFilter;
import dev.pintle.admin.auth.TokenAuthenticator;
import dev.pintle.admin.openapi.OpenApiResource;
import dev.pintle.console.ConsoleFiles;
import dev.pintle.console.ConsoleSessions;
import dev.pintle.console.SignInCodes;
import dev.pintle.history.SettingLayers;
import dev.pintle.introspection.LiveFeed;
import dev.pintle.introspection.NodeStatus;
import dev.pintle.introspection.TrafficStatus;
import dev.pintle.lint.Linter;
import dev.pintle.peer.SnapshotOffer;
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

/** Assembles the admin API and introspection on the admin port. */
public final class AdminApi {
    /** Covers the whole port, because Dropwizard's own admin pages and tasks require no token. */
    private static final String EVERY_PATH = "/*";

    /** The resources that the OpenAPI document describes. */
    private static final Set<Class<?>> DESCRIBED = Set.of(
            RoutesResource.class,
            DefaultsResource.class,
            EntityResource.class,
            ConsumerKeysResource.class,
            ConsumerPasswordResource.class,
            ConsumerCertificatesResource.class,
            ChangesResource.class,
            RevisionsResource.class,
            RollbackResource.class,
            ConfirmationResource.class,
            DiffResource.class,
            LintResource.class,
            NodesResource.class,
            AuditResource.class,
            CircuitsResource.class,
            LimitsResource.class,
            TunnelsResource.class,
            ConnectionsResource.class,
            MaintenanceResource.class,
            ExplainResource.class,
            LiveResource.class,
            IntrospectionResource.class);

    private final ResourceConfig jersey = new ResourceConfig();

    /** Assembles the API. */
    public AdminApi(
            AdminTokens tokens,
            TraceContextExtractor traceIds,
            HistoryStore history,
            ClusterStore cluster,
            RolloutMonitor rollouts,
            AuditTrail trail,
            CredentialStore credentials,
            ConfigurationSync sync,
            OperatorOverrides overrides,
            RouteRuntime runtime,
            ActiveRouteTable live,
            NodeStatus nodeStatus,
            Linter linter,
            LiveFeed liveFeed,
            ConsoleSessions sessions,
            SignInCodes codes,
            SnapshotOffer offer,
            Ticker ticker) {
        EffectiveRouteValidator effective = new EffectiveRouteValidator(
                runtime.documents(),
                runtime.destinations(),
                runtime.tls().certificates().names());
        RouteRequestValidator requestValidator = new RouteRequestValidator(sync, effective);
        EntityValidator entities = new EntityValidator(effective);
        PlanValidator plans = new PlanValidator(effective, entities);
        SettingLayers layers = SettingLayers.of(runtime.documents().schema());
        ConfigurationWriter writer = new ConfigurationWriter(sync, ticker);
        ConsumerCredentials consumers = new ConsumerCredentials(sync, credentials);
        SecureRandom secrets = new SecureRandom();
        LintReview lint = new LintReview(linter);
        TrafficStatus traffic = new TrafficStatus(runtime);
        TokenAuthenticator authenticator = new TokenAuthenticator(tokens, ticker);
        SessionAuthenticator console = new SessionAuthenticator(tokens, authenticator, sessions, codes);
        jersey.register(new TraceIdFilter(traceIds))
                .register(SecurityHeadersFilter.class)
                .register(new AuthenticationFilter(authenticator, console))
                .register(new SessionRenewalFilter(console))
                .register(new AuthorizationFilter())
                .register(new RequestFormFilter())
                .register(new BodyReadTimeoutFilter(ticker))
                .register(new AuditLogFilter(runtime.clock(), ticker))
                .register(lint)
                .register(new AuditTrailFilter(trail, sync, ticker))
                .register(new WriteAnswerFilter(sync, rollouts, runtime.metrics(), ticker))
                .register(new ProblemExceptionMapper());
        register(
                new RoutesResource(sync, requestValidator, writer, lint),
                new DefaultsResource(sync, requestValidator, writer, lint),
                new ConsumerKeysResource(consumers, runtime.clock(), secrets),
                new ConsumerPasswordResource(consumers, runtime.clock(), secrets),
                new ConsumerCertificatesResource(consumers, runtime.clock(), secrets),
                new EntityResource(sync, entities, writer, lint),
                new ChangesResource(writer, plans, layers, lint),
                new RevisionsResource(history),
                new RollbackResource(plans, writer, lint),
                new ConfirmationResource(sync, history),
                new DiffResource(history, layers),
                new LintResource(sync, lint),
                new NodesResource(sync, cluster, live, history),
                new AuditResource(trail, runtime.clock()),
                new CircuitsResource(sync, overrides, traffic),
                new LimitsResource(sync, overrides, runtime.rateLimits()),
                new TunnelsResource(runtime.tunnels()),
                new ConnectionsResource(runtime.upstreams()),
                new MaintenanceResource(sync, overrides),
                new ExplainResource(new Explainer(live, runtime), traffic),
                OpenApiResource.describing(DESCRIBED),
                new LiveResource(liveFeed, console),
                new ConsoleResource(new ConsoleFiles()),
                new SessionResource(console, overrides),
                new PeerResource(offer),
                new IntrospectionResource(nodeStatus));
        // Disables the discovery of providers on the class path. Bean Validation would answer its exceptions itself.
        jersey.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.BV_FEATURE_DISABLE, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }

    /** Registers the classes of resources, with a binder from the classes to the instances, as Jersey requires. */
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

    /** Mounts the API as a servlet filter, so that Jersey sees the whole path of every request. */
    public void mountOn(ServletEnvironment admin) {
        FilterRegistration.Dynamic filter = admin.addFilter("admin-api", new ServletContainer(jersey));
        filter.setInitParameter(ServletProperties.FILTER_CONTEXT_PATH, "/");
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, EVERY_PATH);
    }
}
