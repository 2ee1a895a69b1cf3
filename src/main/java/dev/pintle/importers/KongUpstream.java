package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An upstream of Kong: its targets, the algorithm and the health checks. Several services may share it. */
final class KongUpstream {
    private static final long MAX_WEIGHT = 1_000;

    private final SourceObject upstream;
    private final String scheme;
    private final String path;

    /** @param path of the service, below each target */
    KongUpstream(SourceObject upstream, String scheme, String path) {
        this.upstream = upstream;
        this.scheme = scheme;
        this.path = path;
    }

    void convert(ObjectNode converted, ImportDraft draft) {
        upstream.ignore(
                "name",
                "id",
                "tags",
                "created_at",
                "updated_at",
                "slots",
                "hash_on",
                "hash_on_header",
                "hash_on_cookie",
                "hash_on_cookie_path",
                "hash_fallback");
        ArrayNode targets = converted.putArray("targets");
        for (SourceObject target : upstream.objects("targets", "target", "target")) {
            long weight = target.number("weight", 100);
            String address = target.text("target", "");
            if (weight > 0) {
                targets.addObject()
                        .put("url", scheme + "://" + (address.matches(".*:\\d+") ? address : address + ":8000") + path)
                        .put("weight", Math.min(weight, MAX_WEIGHT));
            }
        }
        algorithm(converted, draft);
        healthChecks(converted);
        upstream.reportUnread(draft);
    }

    private void algorithm(ObjectNode converted, ImportDraft draft) {
        String algorithm = upstream.text("algorithm", "round-robin");
        switch (algorithm) {
            case "round-robin" -> {}
            case "least-connections" -> converted.put("loadBalancing", "least-requests");
            case "consistent-hashing" -> hash(converted, draft);
            default ->
                draft.lose(upstream.where(), "algorithm " + algorithm + " has no counterpart; targets take turns");
        }
    }

    private void hash(ObjectNode converted, ImportDraft draft) {
        String key = switch (upstream.text("hash_on", "none")) {
            case "ip" -> "client";
            case "header" -> "header:" + upstream.text("hash_on_header", "");
            case "cookie" -> "cookie:" + upstream.text("hash_on_cookie", "");
            default -> "";
        };
        if (key.isEmpty()) {
            draft.lose(upstream.where(), "hash_on has no counterpart; targets take turns");
        } else {
            converted.put("loadBalancing", "consistent-hash").put("hashKey", key);
        }
    }

    /** Kong's defaults are counts and intervals of zero, which mean that a check is off. */
    private void healthChecks(ObjectNode converted) {
        SourceObject checks = upstream.object("healthchecks");
        SourceObject active = checks.object("active");
        SourceObject healthy = active.object("healthy");
        long interval = healthy.number("interval", 0);
        if (interval > 0) {
            SourceObject unhealthy = active.object("unhealthy");
            long failures = Math.max(unhealthy.number("http_failures", 0), unhealthy.number("tcp_failures", 0));
            converted
                    .withObject("/healthCheck")
                    .put("path", active.text("http_path", "/"))
                    .put("interval", interval + "s")
                    .put("timeout", active.number("timeout", 1) + "s")
                    .put("healthyAfter", Math.max(1, healthy.number("successes", 2)))
                    .put("unhealthyAfter", Math.max(1, failures));
        }
        long ejection = checks.object("passive").object("unhealthy").number("http_failures", 0);
        if (ejection > 0) {
            converted.withObject("/outlierDetection").put("consecutiveFailures", ejection);
        }
    }
}
