package dev.pintle.cli;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A command with one action: {@code NAME config.yml …}. */
final class SingleActionCommand<C extends Configuration & CommandConfiguration> extends ConfigurationFileCommand<C> {
    private final PrintStream out;
    private final Subcommand action;

    /** @param out receives the result */
    SingleActionCommand(Application<C> application, PrintStream out, Subcommand action) {
        super(application, action.name(), action.description());
        this.out = out;
        this.action = action;
    }

    @Override
    public void configure(Subparser subparser) {
        super.configure(subparser);
        action.arguments(subparser);
    }

    @Override
    protected void run(Bootstrap<C> bootstrap, Namespace namespace, C configuration) throws Exception {
        action.run(configuration, namespace, out);
    }
}
