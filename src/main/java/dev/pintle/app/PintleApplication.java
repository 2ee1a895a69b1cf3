package dev.pintle.app;

import dev.pintle.cli.DatabaseCommand;
import dev.pintle.cli.ExitStatusException;
import dev.pintle.cli.HistoryCommands;
import dev.pintle.cli.RoutesCommand;
import dev.pintle.upstream.dns.SystemDnsResolver;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

/** The gateway, as Dropwizard runs it. */
public final class PintleApplication extends Application<PintleConfiguration> {
    /** Runs a command: {@code server config.yml}, or one that {@code --help} lists. */
    public static void main(String[] arguments) throws Exception {
        new PintleApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "pintle";
    }

    @Override
    protected void addDefaultCommands(Bootstrap<PintleConfiguration> bootstrap) {
        bootstrap.addCommand(new ServerCommand(this));
        bootstrap.addCommand(new DatabaseCommand<>(this));
        bootstrap.addCommand(new RoutesCommand<>(this));
        HistoryCommands.all().forEach(bootstrap::addCommand);
    }

    @Override
    protected void onFatalError(Throwable thrown) {
        System.exit(ExitStatusException.of(thrown));
    }

    @Override
    public void initialize(Bootstrap<PintleConfiguration> bootstrap) {
        SystemDnsResolver.rememberBriefly();
        bootstrap.setConfigurationFactoryFactory((type, validator, mapper, propertyPrefix) ->
                new ConfigurationReader<>(type, validator, mapper, propertyPrefix, System::getenv));
    }

    @Override
    public void run(PintleConfiguration configuration, Environment environment) throws Exception {
        Node.assemble(configuration, environment);
    }
}
