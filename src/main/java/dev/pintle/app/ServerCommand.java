package dev.pintle.app;

import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.EnvironmentCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.util.concurrent.CountDownLatch;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code server config.yml}: runs the gateway until the process receives SIGTERM. A failed start prints one message.
 *
 * <p>SIGTERM during the start takes effect after the start, so that opened resources such as embedded PostgreSQL are
 * closed.
 */
final class ServerCommand extends EnvironmentCommand<PintleConfiguration> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    private final CountDownLatch startFinished = new CountDownLatch(1);
    private volatile @Nullable Server running;

    ServerCommand(Application<PintleConfiguration> application) {
        super(application, "server", "Runs the gateway");
    }

    @Override
    protected Class<PintleConfiguration> getConfigurationClass() {
        return PintleConfiguration.class;
    }

    @Override
    protected Argument addFileArgument(Subparser subparser) {
        return subparser.addArgument("file").metavar("config.yml").help("the configuration file of the gateway");
    }

    @Override
    protected void run(Bootstrap<PintleConfiguration> bootstrap, Namespace namespace, PintleConfiguration configuration)
            throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            super.run(bootstrap, namespace, configuration);
        } finally {
            startFinished.countDown();
        }
    }

    @Override
    protected void run(Environment environment, Namespace namespace, PintleConfiguration configuration)
            throws Exception {
        Server server = configuration.server().build(environment);
        // Jetty's own shutdown hook would stop the server concurrently with the hook of this command.
        server.setStopAtShutdown(false);
        try {
            server.start();
            running = server;
        } catch (Exception e) {
            Exception failure = PortBindingException.of(server, e)
                    .map(Exception.class::cast)
                    .orElse(e);
            server.stop();
            throw failure;
        }
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable thrown) {
        cli.getStdErr().println(message(thrown));
    }

    private void stop() {
        try {
            startFinished.await();
            Server server = running;
            if (server != null) {
                server.stop();
            }
        } catch (Exception e) {
            LOG.warn("Cannot stop the server cleanly: {}.", e.toString());
        }
    }

    private static String message(Throwable thrown) {
        return thrown.getMessage() == null
                ? thrown.toString()
                : thrown.getMessage().strip();
    }
}
