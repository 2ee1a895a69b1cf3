package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.ValidDocument;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.WriteResult.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies edits in memory, before the store writes their revision. Used by one thread, which holds the lock on the
 * latest revision.
 */
final class RevisionDraft {
    private static final Comparator<DocumentKey> ORDER =
            Comparator.comparing(DocumentKey::kind).thenComparing(DocumentKey::id);

    private final long revision;
    private final Map<DocumentKey, StoredRow> before;
    private final Map<DocumentKey, StoredRow> documents;
    private final Map<String, String> matchKeys = new LinkedHashMap<>();

    /**
     * @param revision the number that it would have
     * @param stored the stored documents that the edits name
     */
    RevisionDraft(long revision, Map<DocumentKey, StoredRow> stored) {
        this.revision = revision;
        this.before = Map.copyOf(stored);
        this.documents = new LinkedHashMap<>(stored);
    }

    /** @throws EditRejectedException when the document does not exist, or the precondition does not hold */
    Outcome apply(Edit edit) throws EditRejectedException {
        return switch (edit) {
            case Edit.Put(var document, var precondition) -> {
                Outcome outcome = put(edit.key(), document.json(), precondition);
                matched(document);
                yield outcome;
            }
            case Edit.Delete(var key, var precondition) -> {
                Outcome outcome = delete(key, precondition);
                if (key.isRoute()) {
                    matchKeys.remove(key.id());
                }
                yield outcome;
            }
            case Edit.Restore(var document) -> {
                matched(document);
                yield restore(edit.key(), document.json());
            }
        };
    }

    /** Returns the net changes by kind and id, without documents that end as they began. */
    List<DocumentChange> changes() {
        List<DocumentChange> changes = new ArrayList<>();
        SortedSet<DocumentKey> keys = new TreeSet<>(ORDER);
        keys.addAll(before.keySet());
        keys.addAll(documents.keySet());
        for (DocumentKey key : keys) {
            String from = text(before.get(key));
            String to = text(documents.get(key));
            if (!Objects.equals(from, to)) {
                changes.add(new DocumentChange(key, from, to, key.isRoute() ? matchKeys.get(key.id()) : null));
            }
        }
        return changes;
    }

    /** Returns the changed documents that exist afterwards. */
    List<Replacement> replacements() {
        List<Replacement> replacements = new ArrayList<>();
        documents.forEach((key, row) -> {
            StoredRow replaced = before.get(key);
            ObjectNode json = row.json();
            if (json != null && !row.text().equals(text(replaced))) {
                replacements.add(new Replacement(key, replaced == null ? null : replaced.json(), json));
            }
        });
        return replacements;
    }

    /** Returns the match keys of the routes that the edits put and do not delete again, by id. */
    Map<String, String> matchKeys() {
        return matchKeys;
    }

    private void matched(ValidDocument document) {
        if (document instanceof RouteDocument route) {
            matchKeys.put(route.id(), MatchKey.of(route));
        }
    }

    private Outcome put(DocumentKey key, ObjectNode json, Precondition precondition) throws EditRejectedException {
        StoredRow current = documents.get(key);
        require(precondition, key, current);
        if (current != null && current.holds(json)) {
            return Outcome.UNCHANGED;
        }
        documents.put(key, StoredRow.of(revision, json));
        return current == null ? Outcome.CREATED : Outcome.REPLACED;
    }

    private Outcome delete(DocumentKey key, Precondition precondition) throws EditRejectedException {
        StoredRow current = documents.get(key);
        if (current == null) {
            // RFC 9110 section 13.2.1: what would fail without its precondition fails the same way with it.
            throw new EditRejectedException(Reason.ABSENT, key.id(), noDocument(key));
        }
        require(precondition, key, current);
        documents.remove(key);
        return Outcome.DELETED;
    }

    private static String noDocument(DocumentKey key) {
        return "No " + key.kind().replace('-', ' ') + " has the id \"" + key.id() + "\".";
    }

    private Outcome restore(DocumentKey key, ObjectNode json) {
        StoredRow current = documents.get(key);
        StoredRow restored = StoredRow.of(revision, json);
        if (current != null && current.text().equals(restored.text())) {
            return Outcome.UNCHANGED;
        }
        documents.put(key, restored);
        return current == null ? Outcome.CREATED : Outcome.REPLACED;
    }

    private static void require(Precondition precondition, DocumentKey key, @Nullable StoredRow current)
            throws EditRejectedException {
        boolean holds = switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Exists() -> current != null;
            case Precondition.Absent() -> current == null;
            case Precondition.WrittenBy(var revisions) -> current != null && revisions.contains(current.revision());
        };
        if (!holds) {
            String state = current == null
                    ? " does not exist; omit the precondition to create it."
                    : " was last written by revision " + current.revision() + "; read it again and repeat the edit"
                            + " with the new ETag.";
            throw new EditRejectedException(Reason.PRECONDITION, key.id(), key.subject() + state);
        }
    }

    private static @Nullable String text(@Nullable StoredRow row) {
        return row == null ? null : row.text();
    }

    /**
     * A changed document.
     *
     * @param before the document that it replaces; null without a readable one
     */
    record Replacement(DocumentKey key, @Nullable ObjectNode before, ObjectNode after) {}
}
