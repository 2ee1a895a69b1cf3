package dev.pintle.app;

import dev.pintle.introspection.Readiness;
import dev.pintle.routing.table.ActiveRouteTable;
import dev.pintle.routing.table.RouteTable;
import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.Locale;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** Says in a few lines where everything is, once it is there. */
final class StartupBanner implements ServerLifecycleListener {
    private final Readiness readiness;
    private final ActiveRouteTable live;
    private final String database;
    private final String token;
    private final PrintStream out;

    /** @param token where the admin token is to be found */
    StartupBanner(Readiness readiness, ActiveRouteTable live, String database, String token, PrintStream out) {
        this.readiness = readiness;
        this.live = live;
        this.database = database;
        this.token = token;
        this.out = out;
    }

    @Override
    public void serverStarted(Server server) {
        readiness.ready();
        RouteTable table = live.current();
        boolean demo = table.routes().stream().anyMatch(route -> route.id().equals("demo"));
        String gateway = "http://localhost:" + port(server, "application");
        out.printf(
                Locale.ROOT,
                "Pintle serves revision %d; routes: %d, kept out: %d%n"
                        + "  gateway   %s%s%n"
                        + "  admin     http://localhost:%d/api/v1 (Authorization: Bearer TOKEN)%n"
                        + "  token     %s%n"
                        + "  database  %s%n",
                table.revision(),
                table.routes().size(),
                table.keptOut().size(),
                gateway,
                demo ? "  try: curl -i " + gateway + "/demo/hello" : "",
                port(server, "admin"),
                token,
                database);
    }

    private static int port(Server server, String name) {
        for (var connector : server.getConnectors()) {
            if (connector instanceof NetworkConnector network && name.equals(connector.getName())) {
                return network.getLocalPort();
            }
        }
        return 0;
    }
}
