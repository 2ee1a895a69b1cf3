package dev.pintle.app;

import dev.pintle.introspection.Readiness;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteTable;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs the addresses of the node when it is ready. */
final class StartupBanner implements ServerLifecycleListener {
    private static final Logger LOG = LoggerFactory.getLogger(StartupBanner.class);

    private final Readiness readiness;
    private final ActiveRouteTable activeTable;
    private final String database;
    private final String token;
    private final Supplier<String> signInCode;

    /**
     * Creates the banner.
     *
     * @param token the source of the admin token
     * @param signInCode creates a code for the console; an empty one shows the address of the console without a code
     */
    StartupBanner(
            Readiness readiness,
            ActiveRouteTable activeTable,
            String database,
            String token,
            Supplier<String> signInCode) {
        this.readiness = readiness;
        this.activeTable = activeTable;
        this.database = database;
        this.token = token;
        this.signInCode = signInCode;
    }

    @Override
    public void serverStarted(Server server) {
        readiness.ready();
        RouteTable table = activeTable.current();
        String gateway = urls(server, "application");
        String admin = urls(server, "admin") + "/api/v1";
        LoggingEventBuilder banner = LOG.atInfo().addKeyValue("gateway", gateway);
        if (table.routes().stream().anyMatch(route -> route.id().equals("demo"))) {
            banner = banner.addKeyValue("try", "curl -i " + gateway.split(" ", 2)[0] + "/demo/hello");
        }
        banner.addKeyValue("console", console(urls(server, "admin").split(" ", 2)[0]))
                .addKeyValue("admin", admin)
                .addKeyValue("token", token)
                .addKeyValue("database", database)
                .addKeyValue("docs", "README.md, docs/ and " + admin + "/openapi.json")
                .log(
                        "Pintle is ready and serves revision {}. Routes: {}; rejected: {}.",
                        table.revision(),
                        table.routes().size(),
                        table.rejected().size());
    }

    private String console(String admin) {
        String code = signInCode.get();
        return admin + "/console/" + (code.isEmpty() ? "" : "sign-in?code=" + code);
    }

    private static String urls(Server server, String name) {
        return Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(NetworkConnector.class::cast)
                .filter(connector -> name.equals(connector.getName()))
                .map(StartupBanner::url)
                .collect(Collectors.joining(" "));
    }

    private static String url(NetworkConnector connector) {
        String scheme = connector.getProtocols().contains("ssl") ? "https://" : "http://";
        String host = Objects.requireNonNullElse(connector.getHost(), "localhost");
        return scheme + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + connector.getLocalPort();
    }
}
