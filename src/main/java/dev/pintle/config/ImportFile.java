package dev.pintle.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The valid documents of an import file. Immutable.
 *
 * @param routes in the order of the file; no two have the same id or the same match
 * @param entities the documents that routes refer to; a kind is absent when the file has no list of it
 * @param defaults null when the file has none
 * @param revision the revision that the file was exported at; absent when it does not say
 */
public record ImportFile(
        List<RouteDocument> routes,
        Map<EntityKind, List<EntityDocument>> entities,
        @Nullable DefaultsDocument defaults,
        OptionalLong revision) {
    private static final List<String> KEYS =
            List.of("routes", "defaults", "revision", "consumers", "identityProviders");

    public ImportFile {
        routes = List.copyOf(routes);
        entities = Map.copyOf(entities);
    }

    /** The change that an upsert of the file makes to the documents that routes refer to. */
    public EntityChange entityChange() {
        return new EntityChange(entities.values().stream().flatMap(List::stream).toList(), List.of());
    }

    /**
     * Reads the output of {@code GET /routes} or of the export, or a simple route file.
     *
     * @param validator of the documents; its defaults apply when the file has none
     * @throws InvalidSpecException with all violations of the file
     */
    public static ImportFile of(JsonNode json, DocumentValidator validator) throws InvalidSpecException {
        Violations violations = new Violations();
        ImportFile read = SimpleRouteFile.isSimple(json)
                ? new ImportFile(
                        SimpleRouteFile.routes(json, validator, violations), Map.of(), null, OptionalLong.empty())
                : exported(json, validator, violations);
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return read;
    }

    private static ImportFile exported(JsonNode json, DocumentValidator validator, Violations violations) {
        Map<EntityKind, List<EntityDocument>> entities = entities(json, validator, violations);
        EntityChange change = new EntityChange(
                entities.values().stream().flatMap(List::stream).toList(), List.of());
        DocumentValidator named =
                validator.withNames(validator.names().or(KnownNames.of(change.applied(Configuration.EMPTY))));
        DefaultsDocument defaults = defaults(json, named, violations);
        DocumentValidator ofRoutes = defaults == null ? named : named.withDefaults(defaults.settings());
        return new ImportFile(routes(json, ofRoutes, violations), entities, defaults, revision(json, violations));
    }

    private static Map<EntityKind, List<EntityDocument>> entities(
            JsonNode json, DocumentValidator validator, Violations violations) {
        Map<EntityKind, List<EntityDocument>> entities = new EnumMap<>(EntityKind.class);
        for (EntityKind kind : EntityKind.values()) {
            JsonNode written = json.path(kind.listKey());
            if (written.isArray()) {
                entities.put(kind, entities(kind, written, validator, violations.at('/' + kind.listKey())));
            } else if (!written.isMissingNode() && !written.isNull()) {
                violations.add('/' + kind.listKey(), "must be a list, in the format of the export");
            }
        }
        return entities;
    }

    private static List<EntityDocument> entities(
            EntityKind kind, JsonNode written, DocumentValidator validator, Violations violations) {
        List<EntityDocument> entities = new ArrayList<>();
        Map<String, String> firstPointers = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            String pointer = "/" + i;
            try {
                EntityDocument entity = validator.entity(kind, written.get(i));
                String sameId = firstPointers.putIfAbsent(entity.id(), pointer);
                if (sameId != null) {
                    violations.add(pointer + "/id", "occurs twice: \"" + entity.id() + '"');
                }
                entities.add(entity);
            } catch (InvalidSpecException e) {
                violations.addAll(pointer, e.violations());
            }
        }
        return entities;
    }

    private static OptionalLong revision(JsonNode json, Violations violations) {
        JsonNode written = json.path("revision");
        if (written.isMissingNode() || written.isNull()) {
            return OptionalLong.empty();
        }
        if (!written.isIntegralNumber() || !written.canConvertToLong() || written.longValue() < 0) {
            violations.add("/revision", "must be the number of a revision, as the export writes it, or left out");
            return OptionalLong.empty();
        }
        return OptionalLong.of(written.longValue());
    }

    private static List<RouteDocument> routes(JsonNode json, DocumentValidator validator, Violations violations) {
        JsonNode written = json.path("routes");
        if (!written.isArray()) {
            violations.add(
                    "/routes",
                    "must be a list of routes, in the format of the export; or use paths as the only "
                            + "keys of the file: {\"/users\": {\"backend\": \"http://localhost:5001\"}}");
            return List.of();
        }
        rejectUnknownKeys(json, violations);
        List<RouteDocument> routes = new ArrayList<>();
        Map<String, String> firstPointers = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            String pointer = "/routes/" + i;
            try {
                RouteDocument route = validator.route(written.get(i));
                rejectDuplicate(route, pointer, firstPointers, violations);
                routes.add(route);
            } catch (InvalidSpecException e) {
                violations.addAll(pointer, e.violations());
            }
        }
        return routes;
    }

    private static void rejectUnknownKeys(JsonNode json, Violations violations) {
        json.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                violations.add(
                        JsonPointers.child("", name), "is not a known key; known here: " + String.join(", ", KEYS));
            }
        });
    }

    private static void rejectDuplicate(
            RouteDocument route, String pointer, Map<String, String> firstPointers, Violations violations) {
        String sameId = firstPointers.putIfAbsent("id " + route.id(), pointer);
        if (sameId != null) {
            violations.add(pointer + "/id", "is also the id of " + sameId + ": \"" + route.id() + '"');
        }
        String sameMatch = firstPointers.putIfAbsent(route.canonicalMatch(), pointer);
        if (sameMatch != null) {
            violations.add(pointer + "/match", "matches exactly the same requests as " + sameMatch);
        }
    }

    private static @Nullable DefaultsDocument defaults(
            JsonNode json, DocumentValidator validator, Violations violations) {
        if (!json.hasNonNull("defaults")) {
            return null;
        }
        try {
            return validator.defaults(json.get("defaults"));
        } catch (InvalidSpecException e) {
            violations.addAll("/defaults", e.violations());
            return null;
        }
    }
}
