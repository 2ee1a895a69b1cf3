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
 * {@code server config.yml}: runs the gateway until the process gets SIGTERM. A failed start prints one sentence.
 *
 * <p>SIGTERM during the start takes effect when the start is over: resources opened on the way, such as embedded PostgreSQL,
 * must not stay behind.
 */
final class ServerCommand extends EnvironmentCommand<PintleConfiguration> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    private final CountDownLatch startIsOver = new CountDownLatch(1);
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
        return subparser.addArgument("file").metavar("config.yml").help("the configuration of the gateway");
    }

    @Override
    protected void run(Bootstrap<PintleConfiguration> bootstrap, Namespace namespace, PintleConfiguration configuration)
            throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            super.run(bootstrap, namespace, configuration);
        } finally {
            startIsOver.countDown();
        }
    }

    @Override
    protected void run(Environment environment, Namespace namespace, PintleConfiguration configuration)
            throws Exception {
        Server server = configuration.server().build(environment);
        // Jetty's own hook would take a server that the hook of this command is stopping apart under its requests.
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
        cli.getStdErr().println(sentence(thrown));
    }

    private void stop() {
        try {
            startIsOver.await();
            Server server = running;
            if (server != null) {
                server.stop();
            }
        } catch (Exception e) {
            LOG.warn("The server did not stop: {}", e.toString());
        }
    }

    private static String sentence(Throwable thrown) {
        return thrown.getMessage() == null
                ? thrown.toString()
                : thrown.getMessage().strip();
    }
}
