package dev.pintle.cli;

import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A command that reads config.yml. Prints errors without a stack trace. */
abstract class ConfigurationFileCommand<C extends Configuration & CommandConfiguration> extends ConfiguredCommand<C> {
    private final Application<C> application;

    ConfigurationFileCommand(Application<C> application, String name, String description) {
        super(name, description);
        this.application = application;
    }

    @Override
    protected final Class<C> getConfigurationClass() {
        return application.getConfigurationClass();
    }

    @Override
    protected final Argument addFileArgument(Subparser subparser) {
        return subparser.addArgument("file").metavar("config.yml").help("the configuration file of the gateway");
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
