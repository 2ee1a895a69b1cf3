package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.DocumentValidator;
import dev.pintle.config.EntityChange;
import dev.pintle.config.EntityDocument;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.KnownNames;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Violation;
import dev.pintle.history.PlannedDocument;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.store.EditRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the documents of a plan by the rules for single writes. Routes are checked against the defaults, the consumers and
 * the identity providers that the plan leaves.
 */
public final class PlanValidator {
    private final EffectiveRouteValidator validator;
    private final EntityValidator entities;

    public PlanValidator(EffectiveRouteValidator validator, EntityValidator entities) {
        this.entities = entities;
        this.validator = validator;
    }

    /**
     * Validates the documents.
     *
     * @param known violations found earlier
     * @param latest the configuration that the plan changes
     * @throws ApiException with all violations
     * @throws EditRejectedException when the plan removes a name that another route refers to
     */
    ValidPlan check(List<PlannedDocument> documents, List<Violation> known, Configuration latest)
            throws EditRejectedException {
        List<Violation> violations = new ArrayList<>(known);
        List<DocumentKey> deleted = documents.stream()
                .filter(document -> document.json() == null)
                .map(PlannedDocument::key)
                .toList();
        EntityChange entities = new EntityChange(entities(documents, validator.under(latest), violations), deleted);
        DocumentValidator present = validator.under(latest).withNames(KnownNames.of(entities.applied(latest)));
        DefaultsDocument planned = defaults(documents, present, latest, violations);
        DocumentValidator ofRoutes = planned == null ? present : present.withDefaults(planned.settings());
        List<RouteDocument> routes = new ArrayList<>();
        for (PlannedDocument document : documents) {
            if (document.json() != null && document.isRoute()) {
                addRoute(document, document.json(), ofRoutes, routes, violations);
            }
        }
        if (!violations.isEmpty()) {
            throw new ApiException(ProblemExceptionMapper.invalid(violations));
        }
        Set<DocumentKey> rewritten =
                documents.stream().map(PlannedDocument::key).collect(Collectors.toSet());
        this.entities.requireUnused(entities, latest, rewritten);
        return new ValidPlan(routes, entities.put(), deleted, planned);
    }

    private static List<EntityDocument> entities(
            List<PlannedDocument> documents, DocumentValidator ofEntities, List<Violation> violations) {
        List<EntityDocument> entities = new ArrayList<>();
        for (PlannedDocument document : documents) {
            EntityKind kind = EntityKind.of(document.kind()).orElse(null);
            if (kind != null && document.json() != null) {
                try {
                    EntityDocument entity = ofEntities.entity(kind, document.json());
                    requireId(entity.id(), document, violations);
                    entities.add(entity);
                } catch (InvalidSpecException e) {
                    add(e.violations(), document, violations);
                }
            }
        }
        return entities;
    }

    /** Returns the new defaults of the plan; null when the plan does not change them, or they are invalid. */
    private @Nullable DefaultsDocument defaults(
            List<PlannedDocument> documents,
            DocumentValidator present,
            Configuration latest,
            List<Violation> violations) {
        List<String> written = documents.stream()
                .filter(PlannedDocument::isRoute)
                .map(PlannedDocument::id)
                .toList();
        for (PlannedDocument document : documents) {
            if (document.json() != null && document.isDefaults()) {
                try {
                    DefaultsDocument planned = present.defaults(document.json());
                    add(validator.brokenBy(planned, latest, written), document, violations);
                    return planned;
                } catch (InvalidSpecException e) {
                    add(e.violations(), document, violations);
                }
            }
        }
        return null;
    }

    private static void addRoute(
            PlannedDocument document,
            JsonNode json,
            DocumentValidator ofRoutes,
            List<RouteDocument> routes,
            List<Violation> violations) {
        try {
            RouteDocument route = ofRoutes.route(json);
            requireId(route.id(), document, violations);
            routes.add(route);
        } catch (InvalidSpecException e) {
            add(e.violations(), document, violations);
        }
    }

    private static void requireId(String id, PlannedDocument document, List<Violation> violations) {
        if (!id.equals(document.id())) {
            add(List.of(new Violation("/id", "must be \"" + document.id() + "\" or absent")), document, violations);
        }
    }

    private static void add(List<Violation> found, PlannedDocument document, List<Violation> violations) {
        found.forEach(violation -> violations.add(
                new Violation(document.pointer() + violation.pointer(), document.subject() + violation.message())));
    }
}
