package dev.pintle.app;

import dev.pintle.cli.BackupCommands;
import dev.pintle.cli.DatabaseCommand;
import dev.pintle.cli.ExitStatusException;
import dev.pintle.cli.HistoryCommands;
import dev.pintle.cli.RoutesCommand;
import dev.pintle.time.StallAwareTicker;
import dev.pintle.time.Ticker;
import dev.pintle.upstream.dns.SystemDnsResolver;
import dev.pintle.upstream.tls.ClientTls;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.util.function.Supplier;

/** The gateway as a Dropwizard application. */
public final class PintleApplication extends Application<PintleConfiguration> {
    private final Supplier<StallAwareTicker> upstreamTicker;

    public PintleApplication() {
        this(() -> StallAwareTicker.start(Ticker.SYSTEM));
    }

    /** @param upstreamTicker starts the ticker for upstreams; the node closes it */
    public PintleApplication(Supplier<StallAwareTicker> upstreamTicker) {
        this.upstreamTicker = upstreamTicker;
    }

    /** Runs {@code server config.yml} or another command that {@code --help} lists. */
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
        BackupCommands.all(this).forEach(bootstrap::addCommand);
        HistoryCommands.all().forEach(bootstrap::addCommand);
    }

    @Override
    protected void onFatalError(Throwable thrown) {
        System.exit(ExitStatusException.of(thrown));
    }

    @Override
    public void initialize(Bootstrap<PintleConfiguration> bootstrap) {
        SystemDnsResolver.rememberBriefly();
        ClientTls.requireCloseNotify();
        bootstrap.setConfigurationFactoryFactory((type, validator, mapper, propertyPrefix) ->
                new YamlConfigurationReader<>(type, validator, mapper, propertyPrefix, System::getenv));
    }

    @Override
    public void run(PintleConfiguration configuration, Environment environment) throws Exception {
        Node.assemble(configuration, environment, upstreamTicker);
    }
}
