package dev.pintle.cli;

import dev.pintle.store.Author;
import org.jspecify.annotations.Nullable;

/** Determines the author of an import: the given name, or the user of the operating system. */
final class ImportAuthor {
    private static final int MAX_NAME = 100;
    /** The limit of {@code Pintle-Reason}. */
    private static final int MAX_REASON = 500;

    private ImportAuthor() {}

    /**
     * Returns the author for the history and the audit log.
     *
     * @param user the user of the operating system; "?" when it has no name
     */
    static Author of(@Nullable String name, String user, @Nullable String reason) throws CommandException {
        if (name == null && (user.isBlank() || user.equals("?"))) {
            throw new CommandException("The user of the operating system has no name. Add --author NAME.");
        }
        String author = name == null ? user : checked("--author", name, MAX_NAME);
        return new Author(author, reason == null ? null : checked("--reason", reason, MAX_REASON));
    }

    private static String checked(String option, String text, int maxLength) throws CommandException {
        if (text.isBlank() || text.length() > maxLength || text.chars().anyMatch(Character::isISOControl)) {
            throw new CommandException(option + " must have 1 to " + maxLength
                    + " characters without control characters; this text has " + text.length() + '.');
        }
        return text.strip();
    }
}
