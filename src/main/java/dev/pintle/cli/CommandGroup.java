package dev.pintle.cli;

import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.util.List;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/** A command with several actions: {@code NAME ACTION config.yml …}. Prints errors without a stack trace. */
class CommandGroup<C extends Configuration & CommandConfiguration> extends ConfiguredCommand<C> {
    private static final String ACTION = "action";

    private final Application<C> application;
    private final PrintStream out;
    private final List<Subcommand> actions;

    /** @param out receives the results */
    CommandGroup(Application<C> application, PrintStream out, String name, String description, Subcommand... actions) {
        super(name, description);
        this.application = application;
        this.out = out;
        this.actions = List.of(actions);
    }

    @Override
    protected final Class<C> getConfigurationClass() {
        return application.getConfigurationClass();
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
    protected final Argument addFileArgument(Subparser subparser) {
        return subparser.addArgument("file").metavar("config.yml").help("the configuration file of the gateway");
    }

    @Override
    protected final void run(Bootstrap<C> bootstrap, Namespace namespace, C configuration) throws Exception {
        Subcommand action = namespace.get(ACTION);
        action.run(configuration, namespace, out);
    }

    @Override
    public final void onError(Cli cli, Namespace namespace, Throwable thrown) {
        if (thrown instanceof InvalidSpecException invalid) {
            invalid.violations().forEach(violation -> cli.getStdErr().println(line(violation)));
        } else {
            cli.getStdErr().println(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
        }
    }

    private static String line(Violation violation) {
        return (violation.pointer().isEmpty() ? "/" : violation.pointer()) + ": " + violation.message();
    }
}
