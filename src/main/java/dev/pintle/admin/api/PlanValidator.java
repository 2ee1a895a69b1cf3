package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.Configuration;
import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.config.Violation;
import dev.pintle.history.PlannedDocument;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks the documents of a plan by the rules for single writes, each against the defaults that the plan leaves. */
public final class PlanValidator {
    private final EffectiveRouteValidator effective;
    private final DefaultsValidator defaults;

    public PlanValidator(EffectiveRouteValidator effective) {
        this.effective = effective;
        this.defaults = new DefaultsValidator(effective);
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
        DefaultsDocument present = DefaultsValidator.stored(latest.defaults());
        DefaultsDocument planned = defaults(documents, present, latest, violations);
        for (PlannedDocument document : documents) {
            if (document.json() == null) {
                deleted.add(document.id());
            } else if (document.isRoute()) {
                addRoute(document, document.json(), planned == null ? present : planned, routes, violations);
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
            DefaultsDocument present,
            Configuration latest,
            List<Violation> violations) {
        SortedMap<String, VersionedDocument> others = new TreeMap<>(latest.routes());
        documents.stream().filter(PlannedDocument::isRoute).forEach(route -> others.remove(route.id()));
        for (PlannedDocument document : documents) {
            if (document.json() != null && !document.isRoute()) {
                try {
                    DefaultsDocument planned = RouteSchema.READER.defaults(document.json());
                    add(defaults.faults(planned, present, others.values()), document, violations);
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
            DefaultsDocument under,
            List<RouteDocument> routes,
            List<Violation> violations) {
        try {
            RouteDocument route = RouteSchema.READER.route(json);
            if (!route.id().equals(document.id())) {
                add(
                        List.of(new Violation("/id", "must be \"" + document.id() + "\", or left out")),
                        document,
                        violations);
            }
            add(effective.violations(route, under), document, violations);
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
