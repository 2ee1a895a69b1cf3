package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects the plugins of Kong that apply to a route, and applies them. The plugin of a route replaces that of its
 * service, and that one the plugin of all services. A route whose plugin may control access and has no counterpart is
 * closed.
 */
final class KongPlugins {
    /** Plugins that observe or transform, and admit every request. */
    private static final Set<String> HARMLESS = Set.of(
            "correlation-id",
            "datadog",
            "file-log",
            "grpc-web",
            "http-log",
            "kafka-log",
            "loggly",
            "opentelemetry",
            "proxy-cache",
            "request-transformer",
            "request-transformer-advanced",
            "response-ratelimiting",
            "response-transformer-advanced",
            "statsd",
            "syslog",
            "tcp-log",
            "udp-log",
            "zipkin");
    /** Plugins whose limits a group of consumers can have. */
    private static final Set<String> LIMITS = Set.of("rate-limiting", "rate-limiting-advanced");

    /** Keys of a plugin that choose its scope, or name it. */
    private static final String[] NAMING = {
        "id", "tags", "created_at", "updated_at", "instance_name", "service", "route", "protocols", "run_on", "ordering"
    };

    private final Map<String, SourceObject> plugins = new LinkedHashMap<>();
    private final Map<String, Integer> closest = new HashMap<>();
    private final ObjectNode route;
    private final ImportDraft draft;
    private final KongPolicies policies;

    KongPlugins(ObjectNode route, ImportDraft draft) {
        this.route = route;
        this.draft = draft;
        this.policies = new KongPolicies(route, draft);
    }

    /**
     * Adds the enabled plugins that have no scope or this one. Of plugins with one name the closest to the route applies.
     *
     * @param closeness of the place of the plugins: 0 for the file, 1 for a service, 2 for a route
     */
    void add(List<SourceObject> added, SourceObject service, SourceObject source, int closeness) {
        for (SourceObject plugin : added) {
            if (isIn("service", plugin, service) && isIn("route", plugin, source) && plugin.flag("enabled", true)) {
                add(plugin, closeness + (plugin.has("service") ? 1 : 0) + (plugin.has("route") ? 2 : 0));
            }
        }
    }

    private void add(SourceObject plugin, int closeness) {
        String name = plugin.text("name", "");
        if (plugin.has("consumer") || plugin.has("consumer_group")) {
            ofConsumer(name, plugin);
        } else if (closeness >= closest.getOrDefault(name, 0)) {
            closest.put(name, closeness);
            plugins.put(name, plugin);
        }
    }

    private void ofConsumer(String name, SourceObject plugin) {
        if (LIMITS.contains(name)) {
            draft.lose(
                    plugin.where(),
                    "a plugin of one consumer has no counterpart and was left out. Nearest: the requests of a group of"
                            + " consumers, in groups of a limit in rateLimits");
        } else if (HARMLESS.contains(name) || name.equals("response-transformer")) {
            draft.lose(plugin.where(), "a plugin of one consumer has no counterpart and was left out");
        } else {
            policies.refuse(
                    plugin, "a plugin of one consumer has no counterpart and may control access; the route was closed");
        }
    }

    private static boolean isIn(String scope, SourceObject plugin, SourceObject owner) {
        JsonNode given = plugin.raw(scope);
        return given.isMissingNode() || owner.isNamedBy(given);
    }

    void apply() {
        plugins.forEach((name, plugin) -> {
            plugin.ignore(NAMING);
            if (!policies.translate(name, plugin, plugin.object("config"))) {
                unknown(name, plugin);
            }
            plugin.reportUnread(draft);
        });
        if (policies.isRefused()) {
            ImportDraft.close(route);
        }
    }

    private void unknown(String name, SourceObject plugin) {
        if (HARMLESS.contains(name)) {
            draft.lose(policies.where(plugin), "it has no counterpart and was left out" + KongAdvice.of(name));
        } else {
            policies.refuse(
                    plugin, "it has no counterpart and may control access; the route was closed" + KongAdvice.of(name));
        }
    }
}
