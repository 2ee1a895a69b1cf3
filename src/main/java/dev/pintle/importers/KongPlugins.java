package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies the plugins of Kong to a route. The plugin of a route replaces that of its service, and that one the plugin of all
 * services. A route whose plugin may control access and has no counterpart is closed.
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
            "response-transformer",
            "response-transformer-advanced",
            "statsd",
            "syslog",
            "tcp-log",
            "udp-log",
            "zipkin");
    /** Keys of a plugin that choose its scope, or name it. */
    private static final String[] NAMING = {
        "id", "tags", "created_at", "updated_at", "instance_name", "service", "route", "protocols", "run_on", "ordering"
    };

    /** Keys of mapped plugins whose meaning a route has already. */
    private static final String[] IMPLIED = {
        "policy",
        "fault_tolerant",
        "redis",
        "redis_host",
        "redis_port",
        "redis_database",
        "redis_timeout",
        "sync_rate",
        "error_code",
        "error_message",
        "header_name",
        "key_in_header",
        "key_in_query",
        "key_in_body",
        "hide_credentials",
        "run_on_preflight",
        "require_content_length",
        "realm",
        "message",
        "status",
        "preflight_continue",
        "size_unit"
    };

    private static final int MAX_LIMITS = 4;

    private final Map<String, SourceObject> plugins = new LinkedHashMap<>();
    private final Map<String, Integer> closest = new HashMap<>();
    private final ObjectNode route;
    private final ImportDraft draft;
    private boolean isRefused;

    KongPlugins(ObjectNode route, ImportDraft draft) {
        this.route = route;
        this.draft = draft;
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
        if (HARMLESS.contains(name) || name.equals("rate-limiting")) {
            draft.lose(plugin.where(), "a plugin of one consumer has no counterpart and was left out");
        } else {
            refuse(plugin, "a plugin of one consumer has no counterpart and may control access; the route was closed");
        }
    }

    private static boolean isIn(String scope, SourceObject plugin, SourceObject owner) {
        JsonNode given = plugin.raw(scope);
        return given.isMissingNode() || owner.isNamedBy(given);
    }

    void apply() {
        plugins.forEach((name, plugin) -> {
            plugin.ignore(NAMING);
            apply(name, plugin, plugin.object("config"));
            plugin.reportUnread(draft);
        });
        if (isRefused) {
            ImportDraft.close(route);
        }
    }

    private void apply(String name, SourceObject plugin, SourceObject config) {
        switch (name) {
            case "rate-limiting" -> rateLimiting(config);
            case "cors" -> cors(config);
            case "ip-restriction" -> ipRestriction(config);
            case "key-auth" -> keyAuth(plugin, config);
            case "basic-auth" ->
                authentication(plugin, config).withArray("/anyOf").add("basic");
            case "acl" -> acl(plugin, config);
            case "request-size-limiting" -> requestSize(config);
            case "request-termination" -> termination(config);
            case "prometheus" -> {}
            default -> {
                unknown(name, plugin);
                return;
            }
        }
        config.ignore(IMPLIED).reportUnread(draft);
    }

    private void unknown(String name, SourceObject plugin) {
        if (HARMLESS.contains(name)) {
            draft.lose(where(plugin), "it has no counterpart and was left out");
        } else {
            refuse(plugin, "it has no counterpart and may control access; the route was closed");
        }
    }

    private void refuse(SourceObject plugin, String message) {
        draft.lose(where(plugin), message);
        isRefused = true;
    }

    private String where(SourceObject plugin) {
        return "route \"" + route.path("id").asText() + "\" " + plugin.where();
    }

    private void rateLimiting(SourceObject config) {
        String key = switch (config.text("limit_by", "consumer")) {
            case "ip" -> "client";
            case "header" -> "header:" + config.text("header_name", "");
            case "service" -> "route";
            default -> "consumer";
        };
        for (KongPeriod period : KongPeriod.values()) {
            if (config.has(period.word()) && route.withArray("/rateLimits").size() < MAX_LIMITS) {
                route.withArray("/rateLimits")
                        .addObject()
                        .put("name", "per-" + period.word())
                        .put("requests", config.number(period.word(), 1))
                        .put("per", period.duration())
                        .put("key", key);
            }
        }
    }

    private void cors(SourceObject config) {
        List<String> origins = config.has("origins") ? config.texts("origins") : List.of("*");
        if (origins.stream().anyMatch(origin -> !origin.equals("*") && !origin.matches("https?://[A-Za-z0-9.:*-]+"))) {
            draft.lose(config.where(), "an origin is a regular expression; cors was left out");
            return;
        }
        ObjectNode cors = route.withObject("/cors");
        list(cors, "origins", origins);
        list(cors, "methods", config.texts("methods"));
        list(cors, "headers", config.texts("headers"));
        list(cors, "expose", config.texts("exposed_headers"));
        if (config.flag("credentials", false)) {
            if (origins.contains("*")) {
                draft.lose(config.where(), "credentials for every origin have no counterpart and were left out");
            } else {
                cors.put("credentials", true);
            }
        }
        if (config.has("max_age")) {
            cors.put("maxAge", config.number("max_age", 0) + "s");
        }
    }

    private void ipRestriction(SourceObject config) {
        list(route.withObject("/ipFilter"), "allow", config.texts(config.has("whitelist") ? "whitelist" : "allow"));
        list(route.withObject("/ipFilter"), "deny", config.texts(config.has("blacklist") ? "blacklist" : "deny"));
    }

    /** Kong requires every plugin of authentication, unless each lets anonymous consumers pass. */
    private ObjectNode authentication(SourceObject plugin, SourceObject config) {
        ObjectNode authentication = route.withObject("/authentication");
        boolean isOptional = config.has("anonymous");
        if (authentication.has("anyOf") && !(isOptional && authentication.has("optional"))) {
            refuse(plugin, "Kong requires it together with another method; the route was closed");
        }
        if (isOptional) {
            authentication.put("optional", true);
        }
        return authentication;
    }

    private void keyAuth(SourceObject plugin, SourceObject config) {
        ObjectNode authentication = authentication(plugin, config);
        authentication.withArray("/anyOf").add("apiKey");
        ArrayNode from = authentication.withObject("/apiKey").putArray("from");
        for (String name : config.has("key_names") ? config.texts("key_names") : List.of("apikey")) {
            if (config.flag("key_in_header", true)) {
                from.add("header:" + name);
            }
            if (config.flag("key_in_query", true)) {
                from.add("query:" + name);
            }
        }
    }

    private void acl(SourceObject plugin, SourceObject config) {
        if (config.has("deny") || config.has("blacklist")) {
            refuse(plugin, "deny has no counterpart; the route was closed");
        } else {
            list(
                    route.withObject("/authorization"),
                    "groups",
                    config.texts(config.has("whitelist") ? "whitelist" : "allow"));
        }
    }

    private void requestSize(SourceObject config) {
        String unit = switch (config.text("size_unit", "megabytes")) {
            case "bytes" -> "B";
            case "kilobytes" -> "KiB";
            default -> "MiB";
        };
        route.put("maxRequestBody", config.number("allowed_payload_size", 128) + unit);
    }

    /** The gateway answers instead of the upstream. */
    private void termination(SourceObject config) {
        route.remove(List.of("upstream", "rewrite", "timeout", "retry"));
        route.withObject("/respond")
                .put("status", config.number("status_code", 503))
                .put("body", config.text("body", config.text("message", "")));
        route.withObject("/respond/headers").put("Content-Type", config.text("content_type", "text/plain"));
    }

    private static void list(ObjectNode parent, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = parent.putArray(key);
            values.forEach(list::add);
        }
    }
}
