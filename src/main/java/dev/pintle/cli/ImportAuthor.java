package dev.pintle.cli;

import dev.pintle.store.Author;
import org.jspecify.annotations.Nullable;

/** The author of an import: the given name, or the user of the operating system. */
final class ImportAuthor {
    private static final int MAX_NAME = 100;
    /** The limit of {@code Pintle-Reason}. */
    private static final int MAX_REASON = 500;

    private ImportAuthor() {}

    /**
     * The author for the history and the audit log.
     *
     * @param user of the operating system; "?" where it has no name
     */
    static Author of(@Nullable String name, String user, @Nullable String reason) throws CommandException {
        if (name == null && (user.isBlank() || user.equals("?"))) {
            throw new CommandException("The user of the operating system has no name. Add --author NAME.");
        }
        String author = name == null ? user : checked("--author", name, MAX_NAME);
        return new Author(author, reason == null ? null : checked("--reason", reason, MAX_REASON));
    }

    private static String checked(String option, String text, int longest) throws CommandException {
        if (text.isBlank() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new CommandException(option + " takes 1 to " + longest
                    + " characters without control characters; this text has " + text.length() + '.');
        }
        return text.strip();
    }
}
