package dev.pintle.cli;

import java.io.PrintStream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** One thing that a command can do, such as {@code migrate} of {@code db}. */
interface Subcommand {
    String name();

    /** What it does, for the help. */
    String description();

    /** Declares what it wants to be told beside config.yml. */
    default void arguments(Subparser parser) {}

    /**
     * Does it.
     *
     * @param arguments as declared
     * @param out what it prints: the result, and nothing else
     * @throws Exception with a message for whoever typed it; nothing was changed then
     */
    void run(CommandConfiguration settings, Namespace arguments, PrintStream out) throws Exception;
}
