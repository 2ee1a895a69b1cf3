package dev.pintle.cli;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/** A command with several actions: {@code NAME ACTION config.yml …}. */
class CommandGroup<C extends Configuration & CommandConfiguration> extends ConfigurationFileCommand<C> {
    private static final String ACTION = "action";

    private final PrintStream out;
    private final List<Subcommand> actions;

    /** @param out receives the results */
    CommandGroup(Application<C> application, PrintStream out, String name, String description, Subcommand... actions) {
        super(application, name, description);
        this.out = out;
        this.actions = List.of(actions);
    }

    @Override
    public final void configure(Subparser subparser) {
        Subparsers parsers = subparser.addSubparsers().metavar("ACTION");
        for (Subcommand action : actions) {
            Subparser parser = parsers.addParser(action.name())
                    .help(action.description())
                    .description(action.description())
                    .setDefault(ACTION, action);
            super.configure(parser);
            action.arguments(parser);
        }
    }

    @Override
    protected final void run(Bootstrap<C> bootstrap, Namespace namespace, C configuration) throws Exception {
        Subcommand action = namespace.get(ACTION);
        action.run(configuration, namespace, out);
    }
}
