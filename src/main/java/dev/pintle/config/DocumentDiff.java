package dev.pintle.config;

import java.util.Iterator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Compares the documents of one kind in two configurations. Merges them in the order of their ids. Used by one thread. */
public final class DocumentDiff<A, B> {
    private final BiPredicate<? super A, ? super B> isSame;
    private final Iterator<String> ids;
    private final Iterator<A> documents;
    private final Set<String> changed = new TreeSet<>();
    private @Nullable String id;

    private DocumentDiff(SortedMap<String, A> before, BiPredicate<? super A, ? super B> isSame) {
        this.isSame = isSame;
        // Two iterators, because an unmodifiable map creates an object for each entry.
        this.ids = before.keySet().iterator();
        this.documents = before.values().iterator();
        this.id = nextId();
    }

    /**
     * Returns the ids of the documents that were added, removed or changed.
     *
     * @param isSame whether two documents with the same id count as unchanged
     */
    public static <A, B> Set<String> between(
            SortedMap<String, A> before, SortedMap<String, B> after, BiPredicate<? super A, ? super B> isSame) {
        DocumentDiff<A, B> diff = new DocumentDiff<>(before, isSame);
        after.forEach(diff::add);
        while (diff.id != null) {
            diff.skip(diff.id);
        }
        return diff.changed;
    }

    private void add(String next, B document) {
        while (id != null && !isSameInstance(id, next) && id.compareTo(next) < 0) {
            skip(id);
        }
        if (id == null || !id.equals(next)) {
            changed.add(next);
            return;
        }
        if (!isSame.test(documents.next(), document)) {
            changed.add(next);
        }
        id = nextId();
    }

    /** Passes a document that the other configuration lacks. */
    private void skip(String removed) {
        changed.add(removed);
        documents.next();
        id = nextId();
    }

    private @Nullable String nextId() {
        return ids.hasNext() ? ids.next() : null;
    }

    /** Whether two values are one instance, and therefore equal. Comparing instances costs no reading. */
    @SuppressWarnings("ReferenceEquality")
    public static boolean isSameInstance(Object one, Object other) {
        return one == other;
    }
}
