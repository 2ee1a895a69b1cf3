package dev.pintle.cli;

import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The number of a revision on the command line. */
final class RevisionArgument {
    private static final String NUMBER = "N";

    private RevisionArgument() {}

    static void addTo(Subparser parser) {
        parser.addArgument(NUMBER).help("the number of the revision");
    }

    static String of(Namespace arguments) throws CommandException {
        return require(arguments.getString(NUMBER));
    }

    /** The text, which becomes a part of a URL, when it is a number or {@code live}. */
    static String require(String text) throws CommandException {
        if (!text.matches("[0-9]{1,18}|live")) {
            throw new CommandException("A revision is a number, such as 42; it is \"" + PlainText.of(text) + "\".");
        }
        return text;
    }
}
