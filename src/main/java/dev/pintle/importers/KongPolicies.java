package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Translates single plugins of Kong into the policies of a route. */
final class KongPolicies {
    /** Keys of mapped plugins that change nothing, or nothing but the text of a response. */
    private static final String[] IMPLIED = {
        "policy",
        "fault_tolerant",
        "redis",
        "redis_host",
        "redis_port",
        "redis_database",
        "redis_timeout",
        "sync_rate",
        "error_message",
        "header_name",
        "key_in_header",
        "key_in_query",
        "run_on_preflight",
        "require_content_length",
        "realm",
        "message",
        "size_unit"
    };

    private static final String FORWARD = "forwardCredentials";
    private static final int MAX_LIMITS = 4;

    private final ObjectNode route;
    private final ImportDraft draft;
    private boolean isRefused;

    KongPolicies(ObjectNode route, ImportDraft draft) {
        this.route = route;
        this.draft = draft;
    }

    /** Translates a plugin. Returns false if it has no counterpart. */
    boolean translate(String name, SourceObject plugin, SourceObject config) {
        switch (name) {
            case "rate-limiting" -> rateLimiting(config);
            case "cors" -> cors(config);
            case "ip-restriction" -> ipRestriction(config);
            case "key-auth" -> keyAuth(plugin, config);
            case "basic-auth" -> basicAuth(plugin, config);
            case "acl" -> acl(plugin, config);
            case "request-size-limiting" -> requestSize(config);
            case "request-termination" -> termination(config);
            case "response-transformer" -> new KongHeaderEdits(route, draft).apply(config);
            case "prometheus" -> {}
            default -> {
                return false;
            }
        }
        status(config, "error_code", 429);
        status(config, "status", 403);
        config.ignore(IMPLIED).reportUnread(draft);
        return true;
    }

    /** Closes the route because of a plugin that may control access. */
    void refuse(SourceObject plugin, String message) {
        draft.lose(where(plugin), message);
        isRefused = true;
    }

    boolean isRefused() {
        return isRefused;
    }

    String where(SourceObject plugin) {
        return "route \"" + route.path("id").asText() + "\" " + plugin.where();
    }

    /** Reports the status of a refusal if it is not that of the gateway. */
    private void status(SourceObject config, String key, long own) {
        long status = config.number(key, own);
        if (status != own) {
            draft.lose(config.where(), key + ' ' + status + " has no counterpart; the gateway answers " + own);
        }
    }

    private void rateLimiting(SourceObject config) {
        String by = config.text("limit_by", "consumer");
        String key = switch (by) {
            case "ip" -> "client";
            case "header" -> "header:" + config.text("header_name", "");
            case "service" -> "route";
            case "consumer", "credential" -> "consumer";
            default -> {
                draft.lose(config.where(), "limit_by " + by + " has no counterpart; the limit counts by consumer");
                yield "consumer";
            }
        };
        for (KongPeriod period : KongPeriod.values()) {
            if (config.has(period.word())) {
                limit(period, key, config);
            }
        }
    }

    private void limit(KongPeriod period, String key, SourceObject config) {
        ArrayNode limits = route.withArray("/rateLimits");
        String name = "per-" + period.word();
        if (limits.size() == MAX_LIMITS) {
            draft.lose(
                    config.where(),
                    "a route has at most " + MAX_LIMITS + " limits; the limit " + name + " was left out");
            return;
        }
        limits.addObject()
                .put("name", name)
                .put("requests", config.number(period.word(), 1))
                .put("per", period.duration())
                .put("key", key);
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
        boolean isOptional = !config.text("anonymous", "").isEmpty();
        if (authentication.has("anyOf") && !(isOptional && authentication.has("optional"))) {
            refuse(plugin, "Kong requires it together with another method; the route was closed");
        }
        if (isOptional) {
            authentication.put("optional", true);
        }
        forwardCredentials(authentication, config);
        return authentication;
    }

    /** Kong forwards a key or a password unless the plugin hides it. A route does so for all methods or for none. */
    private void forwardCredentials(ObjectNode authentication, SourceObject config) {
        boolean forwards = !config.flag("hide_credentials", false);
        boolean isFirst = !authentication.has("anyOf");
        if (isFirst && forwards) {
            authentication.put(FORWARD, true);
        } else if (!isFirst && forwards != authentication.has(FORWARD)) {
            authentication.remove(FORWARD);
            draft.lose(config.where(), "hide_credentials differs between two methods; the route hides all credentials");
        }
    }

    private void basicAuth(SourceObject plugin, SourceObject config) {
        authentication(plugin, config).withArray("/anyOf").add("basic");
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
