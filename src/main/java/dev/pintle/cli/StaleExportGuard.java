package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.HistoryReader;
import dev.pintle.store.NoSuchRevisionException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prevents an import from undoing changes that are newer than the exported file. Rejects an import that would
 * overwrite, remove or restore a document that changed since the export. Ignores documents that equal the file.
 */
final class StaleExportGuard {
    private static final int LISTED = 5;

    private final long exported;
    private final Configuration latest;
    private final HistoryReader history;

    /** @param exported the revision in the file */
    StaleExportGuard(long exported, Configuration latest, HistoryReader history) {
        this.exported = exported;
        this.latest = latest;
        this.history = history;
    }

    /** @throws EditRejectedException when an edit would undo a newer change */
    void check(List<Edit> edits) throws EditRejectedException {
        Set<String> newer = newer();
        List<String> undone = edits.stream()
                .filter(edit -> changes(edit) && newer.contains(subject(edit)))
                .map(StaleExportGuard::subject)
                .toList();
        if (!undone.isEmpty()) {
            String more = undone.size() > LISTED ? " and " + (undone.size() - LISTED) + " more" : "";
            throw new EditRejectedException(
                    Reason.PRECONDITION,
                    "",
                    origin() + " The import would undo: "
                            + undone.stream().limit(LISTED).collect(Collectors.joining(", ")) + more
                            + ". Export again and repeat your changes, or add --overwrite-newer.");
        }
    }

    private String origin() {
        return exported > latest.revision()
                ? "The file was exported at revision " + exported
                        + ", which this database never reached; its latest revision is " + latest.revision()
                        + ". The file is of another database, or this one was restored."
                : "The file was exported at revision " + exported + ", and its documents changed until revision "
                        + latest.revision() + '.';
    }

    /** The documents that changed since the export; after pruning, those with a later revision. */
    private Set<String> newer() {
        if (exported > latest.revision()) {
            return existing(-1);
        }
        try {
            return history.between(exported, latest.revision()).stream()
                    .map(delta -> subject(delta.kind(), delta.id()))
                    .collect(Collectors.toSet());
        } catch (NoSuchRevisionException e) {
            return existing(exported);
        }
    }

    private Set<String> existing(long after) {
        Set<String> documents = new TreeSet<>();
        latest.routes().forEach((id, route) -> {
            if (route.revision() > after) {
                documents.add(subject(DocumentDelta.ROUTE, id));
            }
        });
        latest.entities()
                .forEach((kind, entities) -> entities.forEach((id, entity) -> {
                    if (entity.revision() > after) {
                        documents.add(subject(kind.word(), id));
                    }
                }));
        latest.unreadable().stream()
                .filter(document -> document.revision() > after)
                .forEach(document -> documents.add(subject(document.kind(), document.id())));
        // Revision 0 means that the defaults were never written.
        if (latest.defaults().revision() > Math.max(after, 0)) {
            documents.add(subject(DocumentDelta.DEFAULTS, DocumentDelta.DEFAULTS));
        }
        return documents;
    }

    private boolean changes(Edit edit) {
        return switch (edit) {
            case Edit.Put(var document, var precondition) ->
                differs(latest.find(document.key()).orElse(null), document.json());
            default -> true;
        };
    }

    private static boolean differs(@Nullable VersionedDocument stored, JsonNode written) {
        return stored == null || !stored.json().equals(written);
    }

    private static String subject(Edit edit) {
        return subject(edit.key().kind(), edit.key().id());
    }

    private static String subject(String kind, String id) {
        return kind.equals(DocumentDelta.DEFAULTS) ? "the defaults" : kind.replace('-', ' ') + ' ' + id;
    }
}
