package dev.pintle.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a revision.
 *
 * @param word the name in the database and in responses of the admin API: one of {@link #WORDS}, or that of a later version
 * @param revision the revision that a restore or a revert refers to; null for the other causes
 */
public record Cause(String word, @Nullable Long revision) {
    private static final String RESTORE = "restore";
    private static final String REVERT = "revert";
    private static final String AUTO_REVERT = "auto-revert";

    /** One request of the admin API for one document. */
    public static final Cause EDIT = new Cause("edit", null);
    /** The command {@code routes import}. */
    public static final Cause IMPORT = new Cause("import", null);
    /** Several edits in one request. */
    public static final Cause BATCH = new Cause("batch", null);

    /** The causes that this version knows. {@code draft} is a draft of the console. */
    public static final List<String> WORDS =
            List.of(EDIT.word, IMPORT.word, BATCH.word, "draft", RESTORE, REVERT, AUTO_REVERT);

    /** A restore of documents of an earlier revision. */
    public static Cause restore(long revision) {
        return new Cause(RESTORE, revision);
    }

    /** An operator's revert of one revision. */
    public static Cause revert(long revision) {
        return new Cause(REVERT, revision);
    }

    /** An automatic revert of an unconfirmed revision. */
    public static Cause autoRevert(long revision) {
        return new Cause(AUTO_REVERT, revision);
    }

    /** Whether the revision reverts another one. */
    public boolean isRevert() {
        return word.equals(REVERT) || isAutoRevert();
    }

    /** Whether the revision reverts an unconfirmed one without an operator. */
    public boolean isAutoRevert() {
        return word.equals(AUTO_REVERT);
    }
}
