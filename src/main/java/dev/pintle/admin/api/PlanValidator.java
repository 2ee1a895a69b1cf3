package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentValidator;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Violation;
import dev.pintle.history.PlannedDocument;
import dev.pintle.routing.table.EffectiveRouteValidator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the documents of a plan by the rules for single writes, each against the defaults that the plan leaves. */
public final class PlanValidator {
    private final EffectiveRouteValidator validator;

    public PlanValidator(EffectiveRouteValidator validator) {
        this.validator = validator;
    }

    /**
     * The documents, when none breaks a rule.
     *
     * @param known violations that were found before
     * @param latest the configuration that the plan changes
     * @throws ApiException with every violation
     */
    ValidPlan check(List<PlannedDocument> documents, List<Violation> known, Configuration latest) {
        List<Violation> violations = new ArrayList<>(known);
        List<RouteDocument> routes = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        DocumentValidator present = validator.under(latest);
        DefaultsDocument planned = defaults(documents, present, latest, violations);
        DocumentValidator ofRoutes = planned == null ? present : present.withDefaults(planned.settings());
        for (PlannedDocument document : documents) {
            if (document.json() == null) {
                deleted.add(document.id());
            } else if (document.isRoute()) {
                addRoute(document, document.json(), ofRoutes, routes, violations);
            }
        }
        if (!violations.isEmpty()) {
            throw new ApiException(ProblemExceptionMapper.invalid(violations));
        }
        return new ValidPlan(routes, deleted, planned);
    }

    /** The defaults that the plan leaves; null when it leaves those that are, or when they break a rule. */
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
            if (document.json() != null && !document.isRoute()) {
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

    private void addRoute(
            PlannedDocument document,
            JsonNode json,
            DocumentValidator ofRoutes,
            List<RouteDocument> routes,
            List<Violation> violations) {
        try {
            RouteDocument route = ofRoutes.route(json);
            if (!route.id().equals(document.id())) {
                add(
                        List.of(new Violation("/id", "must be \"" + document.id() + "\", or left out")),
                        document,
                        violations);
            }
            routes.add(route);
        } catch (InvalidSpecException e) {
            add(e.violations(), document, violations);
        }
    }

    private static void add(List<Violation> found, PlannedDocument document, List<Violation> violations) {
        found.forEach(violation -> violations.add(
                new Violation(document.pointer() + violation.pointer(), document.subject() + violation.message())));
    }
}
