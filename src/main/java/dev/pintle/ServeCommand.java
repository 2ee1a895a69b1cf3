package dev.pintle;

import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.EnvironmentCommand;
import io.dropwizard.core.setup.Environment;
import java.net.BindException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.eclipse.jetty.server.Server;

/** {@code server config.yml}: runs the gateway until it is told to stop. What keeps it from starting is one sentence. */
final class ServeCommand extends EnvironmentCommand<PintleConfiguration> {
    ServeCommand(Application<PintleConfiguration> application) {
        super(application, "server", "Runs the gateway");
    }

    @Override
    protected Class<PintleConfiguration> getConfigurationClass() {
        return PintleConfiguration.class;
    }

    @Override
    protected void run(Environment environment, Namespace namespace, PintleConfiguration configuration)
            throws Exception {
        Server server = configuration.server().build(environment);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable thrown) {
        cli.getStdErr().println(sentence(thrown));
    }

    private static String sentence(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "A port is taken: " + thrown.getMessage()
                        + ". Stop what listens there, or set GATEWAY_PORT or ADMIN_PORT to another port.";
            }
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }
}
