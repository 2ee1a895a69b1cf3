package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityChange;
import dev.pintle.config.EntityKind;
import dev.pintle.config.ImportFile;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.KnownNames;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.Violation;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.routing.table.ReferenceGuard;
import dev.pintle.store.Edit;
import dev.pintle.store.EditPlan;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.HistoryReader;
import dev.pintle.store.Precondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans the edits of an import. The store calls it again when another write commits first, so that no unseen change is
 * overwritten.
 */
final class ImportPlan implements EditPlan {
    private static final Precondition NONE = new Precondition.None();

    private final JsonNode json;
    private final ImportOptions options;
    private final EffectiveRouteValidator validator;
    private final long knownRevision;
    private final ImportFile known;

    /**
     * Validates the file before the transaction begins, so that no lock is held while thousands of routes are parsed.
     *
     * @param stored the configuration that the command read
     * @throws InvalidSpecException with all violations of the file
     */
    ImportPlan(JsonNode json, ImportOptions options, EffectiveRouteValidator validator, Configuration stored)
            throws InvalidSpecException {
        this.json = json;
        this.options = options;
        this.validator = validator;
        this.knownRevision = stored.revision();
        this.known = validated(stored);
    }

    @Override
    public List<Edit> edits(Configuration latest, HistoryReader history) throws EditRejectedException {
        requireRevision(latest.revision());
        ImportFile file = latest.revision() == knownRevision ? known : validatedAgain(latest);
        requireRoutes(file, latest);
        List<Edit> edits = puts(file);
        if (options.replace()) {
            edits.addAll(removals(file, latest));
        }
        requireNames(edits, file, latest);
        if (file.revision().isPresent() && !options.overwriteNewer()) {
            new StaleExportGuard(file.revision().getAsLong(), latest, history).check(edits);
        }
        return edits;
    }

    private void requireRevision(long latest) throws EditRejectedException {
        if (options.ifRevision().isPresent() && options.ifRevision().getAsLong() != latest) {
            throw rejected("The latest revision is " + latest + ", not "
                    + options.ifRevision().getAsLong()
                    + ". Look at the changes since with \"pintle diff\", then import with --if-revision " + latest
                    + '.');
        }
    }

    private void requireRoutes(ImportFile file, Configuration latest) throws EditRejectedException {
        if (options.replace() && file.routes().isEmpty() && !options.allowEmpty()) {
            throw rejected("The file has no routes, so --replace would remove every route (stored: "
                    + ids(latest).size() + "). Add --allow-empty to confirm this.");
        }
    }

    private ImportFile validatedAgain(Configuration latest) {
        try {
            return validated(latest);
        } catch (InvalidSpecException e) {
            throw new InvalidImportException(e);
        }
    }

    private ImportFile validated(Configuration latest) throws InvalidSpecException {
        ImportFile file = ImportFile.of(json, validator.under(latest).withNames(remainingNames(latest)));
        if (file.defaults() != null && !options.replace()) {
            List<String> imported =
                    file.routes().stream().map(RouteDocument::id).toList();
            List<Violation> broken = validator.brokenBy(file.defaults(), latest, imported);
            if (!broken.isEmpty()) {
                throw new InvalidSpecException(broken);
            }
        }
        return file;
    }

    /** The names of the stored documents that the import does not remove. */
    private KnownNames remainingNames(Configuration latest) {
        EntityChange removals = new EntityChange(
                List.of(),
                options.replace()
                        ? Arrays.stream(EntityKind.values())
                                .filter(kind -> json.has(kind.listKey()))
                                .flatMap(kind -> latest.entityIds(kind).stream().map(kind::key))
                                .toList()
                        : List.of());
        return KnownNames.of(removals.applied(latest));
    }

    private void requireNames(List<Edit> edits, ImportFile file, Configuration latest) throws EditRejectedException {
        List<DocumentKey> deleted = edits.stream()
                .filter(Edit.Delete.class::isInstance)
                .map(Edit::key)
                .filter(key -> !key.isRoute())
                .toList();
        EntityChange change = new EntityChange(file.entityChange().put(), deleted);
        if (!change.isEmpty()) {
            Set<DocumentKey> rewritten = edits.stream().map(Edit::key).collect(Collectors.toSet());
            List<String> routes = new ReferenceGuard(validator.documents())
                    .orphaned(latest, KnownNames.of(change.applied(latest)), rewritten);
            if (!routes.isEmpty()) {
                throw rejected("The import would remove a name that routes refer to: " + String.join(", ", routes)
                        + ". Change these routes in the same file.");
            }
        }
    }

    private static List<Edit> puts(ImportFile file) {
        List<Edit> edits = new ArrayList<>();
        file.routes().forEach(route -> edits.add(new Edit.Put(route, NONE)));
        file.entityChange().put().forEach(entity -> edits.add(new Edit.Put(entity, NONE)));
        if (file.defaults() != null) {
            edits.add(new Edit.Put(file.defaults(), NONE));
        }
        return edits;
    }

    private static List<Edit> removals(ImportFile file, Configuration latest) {
        Set<String> rest = ids(latest);
        rest.removeAll(file.routes().stream().map(RouteDocument::id).collect(Collectors.toSet()));
        List<Edit> removals = new ArrayList<>();
        rest.forEach(id -> removals.add(new Edit.Delete(DocumentKey.route(id), NONE)));
        file.entities().forEach((kind, kept) -> {
            Set<String> others = latest.entityIds(kind);
            kept.forEach(entity -> others.remove(entity.id()));
            others.forEach(id -> removals.add(new Edit.Delete(kind.key(id), NONE)));
        });
        return removals;
    }

    private static Set<String> ids(Configuration latest) {
        Set<String> ids = new TreeSet<>(latest.routes().keySet());
        latest.unreadable().stream()
                .filter(UnreadableDocument::isRoute)
                .map(UnreadableDocument::id)
                .forEach(ids::add);
        return ids;
    }

    private static EditRejectedException rejected(String message) {
        return new EditRejectedException(Reason.PRECONDITION, "", message);
    }
}
