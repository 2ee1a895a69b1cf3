package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * A command that calls the admin API of a running node. It prints text, or with {@code --json} the response of the API.
 */
abstract class AdminCommand extends Command {
    private static final String JSON = "json";

    private final PrintStream out;
    private final UnaryOperator<@Nullable String> environment;

    AdminCommand(String name, String description, PrintStream out, UnaryOperator<@Nullable String> environment) {
        super(name, description);
        this.out = out;
        this.environment = environment;
    }

    /** Declares the arguments of the command. */
    abstract void arguments(Subparser parser);

    /** Calls the API. */
    abstract JsonNode ask(AdminApiClient api, Namespace arguments) throws CommandException;

    /** Formats the response as text; may call the API again. */
    abstract String text(JsonNode answer, AdminApiClient api, Namespace arguments) throws CommandException;

    /** Returns the exit status for a response. */
    int status(JsonNode answer, Namespace arguments) {
        return 0;
    }

    @Override
    public final void configure(Subparser subparser) {
        arguments(subparser);
        subparser
                .addArgument("--json")
                .action(Arguments.storeTrue())
                .help("print the response of the admin API as" + " JSON");
        subparser.epilog("PINTLE_URL is the address of the admin API (default http://127.0.0.1:8081). The token is"
                + " PINTLE_ADMIN_TOKEN, or the file admin.token in the data directory PINTLE_DATA.");
    }

    @Override
    public final void run(Bootstrap<?> bootstrap, Namespace arguments) throws Exception {
        try (AdminApiClient api = AdminApiClient.of(environment)) {
            JsonNode answer = ask(api, arguments);
            out.print(arguments.getBoolean(JSON) ? answer.toPrettyString() + '\n' : text(answer, api, arguments));
            int status = status(answer, arguments);
            if (status != 0) {
                throw new ExitStatusException(status);
            }
        }
    }

    @Override
    public final void onError(Cli cli, Namespace namespace, Throwable thrown) {
        if (!(thrown instanceof ExitStatusException)) {
            cli.getStdErr().println(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
        }
    }
}
