package dev.pintle.admin.api;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import dev.pintle.routing.table.EffectiveRouteValidator;
import java.util.Collection;
import java.util.List;

/** Checks what new defaults would do to the routes that run under the present ones. */
final class DefaultsValidator {
    private final EffectiveRouteValidator effective;

    DefaultsValidator(EffectiveRouteValidator effective) {
        this.effective = effective;
    }

    /** The faults that these routes do not have now, and would have. Routes that do not run now can have none. */
    List<Violation> faults(DefaultsDocument proposed, DefaultsDocument present, Collection<VersionedDocument> routes) {
        return routes.stream()
                .flatMap(stored -> faults(proposed, present, stored).stream())
                .toList();
    }

    private List<Violation> faults(DefaultsDocument proposed, DefaultsDocument present, VersionedDocument stored) {
        try {
            RouteDocument route = RouteSchema.READER.route(stored.json());
            List<Violation> before = effective.violations(route, present);
            return effective.violations(route, proposed).stream()
                    .filter(fault -> !before.contains(fault))
                    .map(fault -> new Violation(fault.pointer(), "breaks route " + route.id() + ": " + fault.message()))
                    .toList();
        } catch (InvalidSpecException e) {
            return List.of();
        }
    }

    /** Stored defaults may break rules that came after them; then the built-in values hold. */
    static DefaultsDocument stored(VersionedDocument defaults) {
        try {
            return RouteSchema.READER.defaults(defaults.json());
        } catch (InvalidSpecException e) {
            return DefaultsDocument.NONE;
        }
    }
}
