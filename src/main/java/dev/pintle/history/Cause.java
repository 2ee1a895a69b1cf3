package dev.pintle.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a revision.
 *
 * @param revision the revision that a restore or a revert refers to; null for the other kinds
 */
public record Cause(Kind kind, @Nullable Long revision) {
    public static final Cause EDIT = new Cause(Kind.EDIT, null);
    public static final Cause IMPORT = new Cause(Kind.IMPORT, null);
    public static final Cause BATCH = new Cause(Kind.BATCH, null);

    /** The kinds of causes. */
    public enum Kind {
        /** One request of the admin API for one document. */
        EDIT,
        /** The command {@code routes import}. */
        IMPORT,
        /** Several edits in one request. */
        BATCH,
        /** A draft of the console. */
        DRAFT,
        /** A restore of documents of an earlier revision. */
        RESTORE,
        /** An operator's revert of one revision. */
        REVERT,
        /** An automatic revert of an unconfirmed revision. */
        AUTO_REVERT;

        /** The name in the database and in responses of the admin API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the kind of a name.
         *
         * @throws IllegalArgumentException when a later version of Pintle wrote the name
         */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Whether the revision reverts another one. */
    public boolean isRevert() {
        return kind == Kind.REVERT || kind == Kind.AUTO_REVERT;
    }

    public static Cause restore(long revision) {
        return new Cause(Kind.RESTORE, revision);
    }

    public static Cause autoRevert(long revision) {
        return new Cause(Kind.AUTO_REVERT, revision);
    }

    public static Cause revert(long revision) {
        return new Cause(Kind.REVERT, revision);
    }
}
