package dev.pintle.cli;

import java.io.PrintStream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** One action of a command, such as {@code migrate} of {@code db}. */
interface Subcommand {
    String name();

    /** The description for the help. */
    String description();

    /** Declares the arguments in addition to config.yml. */
    default void arguments(Subparser parser) {}

    /**
     * Runs the action.
     *
     * @param arguments the parsed arguments
     * @param out receives the result and nothing else
     * @throws Exception with a message for the user; nothing was changed then
     */
    void run(CommandConfiguration settings, Namespace arguments, PrintStream out) throws Exception;
}
