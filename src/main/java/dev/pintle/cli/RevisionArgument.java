package dev.pintle.cli;

import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** The argument with the number of a revision. */
final class RevisionArgument {
    private static final String NUMBER = "N";

    private RevisionArgument() {}

    static void addTo(Subparser parser) {
        parser.addArgument(NUMBER).help("the number of the revision");
    }

    static String of(Namespace arguments) throws CommandException {
        return require(arguments.getString(NUMBER));
    }

    /** Checks that the text is a number or {@code live}, because it becomes a part of a URL. */
    static String require(String text) throws CommandException {
        if (!text.matches("[0-9]{1,18}|live")) {
            throw new CommandException("A revision must be a number such as 42; it is \"" + PlainText.of(text) + "\".");
        }
        return text;
    }
}
