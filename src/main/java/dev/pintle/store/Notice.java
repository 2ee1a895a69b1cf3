package dev.pintle.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notifications that arrived together.
 *
 * @param revision the last notified revision; null without one
 * @param isAsked whether a node waits for the heartbeat of this node
 * @param isReported whether a node sent its heartbeat because it was asked
 * @param isOther whether something else may have changed
 */
public record Notice(@Nullable Long revision, boolean isAsked, boolean isReported, boolean isOther) {
    /** No notification. */
    public static final Notice NONE = new Notice(null, false, false, false);

    /** Has each node send a heartbeat. An earlier version of Pintle does so for every text that is no number. */
    static final String ASK = "report";

    static final String REPORTED = "reported";

    /** The text that notifies a revision. */
    static String text(long revision, boolean ask) {
        return ask ? revision + " " + ASK : Long.toString(revision);
    }

    /** Any database user may send on the channel, so no text is an error. */
    static Notice of(List<String> texts) {
        Long revision = null;
        boolean asked = false;
        boolean reported = false;
        boolean other = false;
        for (String text : texts) {
            boolean asks = text.equals(ASK) || text.endsWith(" " + ASK);
            String number = text.endsWith(" " + ASK) ? text.substring(0, text.length() - ASK.length() - 1) : text;
            asked |= asks;
            reported |= text.equals(REPORTED);
            if (number.matches("[0-9]{1,18}")) {
                revision = Long.valueOf(number);
            } else {
                other |= !asks && !text.equals(REPORTED);
            }
        }
        return new Notice(revision, asked, reported, other);
    }
}
