package dev.pintle.sync;

import dev.pintle.history.ChangedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionEntry;
import dev.pintle.store.ConfigurationStore;
import dev.pintle.store.RevisionBatch;
import dev.pintle.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each revision that becomes active on this node: number, author, age, changes and reason. It reads the history
 * after the activation, so no write waits for the log. While PostgreSQL is unavailable, it postpones the lines. Used by
 * one thread.
 */
final class RevisionLog {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionLog.class);
    private static final int MAX_LINES = 100;
    private static final int MAX_CHANGES = 20;
    private static final int MAX_TEXT = 500;
    private static final long NONE_YET = -1;

    private final ConfigurationStore store;
    private long logged = NONE_YET;

    RevisionLog(ConfigurationStore store) {
        this.store = store;
    }

    /**
     * Logs the revisions since the last call. At the start and after PostgreSQL went back, logs only the active
     * revision.
     */
    void catchUp(long active) {
        long after = logged == NONE_YET || active < logged ? active - 1 : logged;
        if (active == logged || active == 0) {
            return;
        }
        try {
            log(store.revisions(after, active, MAX_LINES), active - after);
            logged = active;
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot read the history up to revision {}; trying again later: {}", active, e.getMessage());
        } catch (RuntimeException e) {
            // A manually edited history must not stop the node.
            LOG.warn(
                    "Revision {} is active, but its history cannot be read: {}. Compare the version of this node with that of the others.",
                    active,
                    e.getMessage());
            logged = active;
        }
    }

    private static void log(RevisionBatch batch, long passed) {
        long missing = passed - batch.entries().size();
        if (missing > 0 && !batch.entries().isEmpty()) {
            LOG.info("{} earlier revisions are not logged here. Show them with \"pintle log\".", missing);
        }
        batch.entries().forEach(entry -> LOG.info("{}", line(entry, batch)));
    }

    private static String line(RevisionEntry entry, RevisionBatch batch) {
        Revision revision = entry.revision();
        String reason = revision.reason();
        return "Revision " + revision.number() + " is active: "
                + revision.cause().word() + " by " + cut(revision.author()) + ' '
                + age(Duration.between(revision.at(), batch.readAt())) + " ago: " + changes(entry)
                + (reason == null ? "" : "; reason: " + cut(reason));
    }

    private static String changes(RevisionEntry entry) {
        String first = entry.changes().stream()
                .limit(MAX_CHANGES)
                .map(RevisionLog::change)
                .collect(Collectors.joining(", "));
        int more = entry.changeCount() - Math.min(entry.changes().size(), MAX_CHANGES);
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String change(ChangedDocument document) {
        String subject = document.kind().equals(DocumentDelta.DEFAULTS)
                ? "defaults"
                : document.kind().replace('-', ' ') + ' ' + document.id();
        return document.op().word() + ' ' + subject;
    }

    private static String age(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, age.toMillis()) / 1e3);
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + '…';
    }
}
