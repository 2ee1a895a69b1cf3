package dev.pintle.command;

import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.Violation;
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

/** A command of several actions: {@code NAME ACTION config.yml …}. What keeps one from its work is said without a stack trace. */
class ActionCommand<C extends Configuration & Settings> extends ConfiguredCommand<C> {
    private static final String ACTION = "action";

    private final Application<C> application;
    private final PrintStream out;
    private final List<Action> actions;

    /** @param out where results go */
    ActionCommand(Application<C> application, PrintStream out, String name, String description, Action... actions) {
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
        for (Action action : actions) {
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
        return subparser.addArgument("file").metavar("config.yml").help("the configuration of the gateway");
    }

    @Override
    protected final void run(Bootstrap<C> bootstrap, Namespace namespace, C configuration) throws Exception {
        Action action = namespace.get(ACTION);
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
