package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Converts the routes of Spring Cloud Gateway in application.yml. Routes that Java code defines are not in the file. */
public final class SpringCloudGatewayImporter implements Importer {
    /** The places of the routes, by the version and the kind of the gateway. */
    private static final List<String> PREFIXES = List.of(
            "spring.cloud.gateway.server.webflux",
            "spring.cloud.gateway.server.webmvc",
            "spring.cloud.gateway.mvc",
            "spring.cloud.gateway");

    private static final String TIMES = "metadata";
    private static final long MIN_TOTAL = 30_000;

    @Override
    public String name() {
        return "spring-cloud-gateway";
    }

    @Override
    public String description() {
        return "Converts an application.yml of Spring Cloud Gateway to route files";
    }

    @Override
    public Imported convert(List<JsonNode> documents) throws UnknownFormatException {
        ImportDraft draft = new ImportDraft();
        boolean found = false;
        for (JsonNode document : documents) {
            for (String prefix : PREFIXES) {
                JsonNode gateway = at(document, prefix);
                if (gateway.path("routes").isArray()) {
                    found = true;
                    convert(new SourceObject(gateway, "file"), draft);
                }
            }
        }
        if (!found) {
            throw new UnknownFormatException("must have a list of routes at spring.cloud.gateway.routes, or below"
                    + " spring.cloud.gateway.server");
        }
        return draft.complete();
    }

    /** Finds a property whose path may be written with dots at any level. */
    private static JsonNode at(JsonNode json, String path) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (path.equals(entry.getKey())) {
                return entry.getValue();
            }
            if (path.startsWith(entry.getKey() + '.')) {
                JsonNode below =
                        at(entry.getValue(), path.substring(entry.getKey().length() + 1));
                if (!below.isMissingNode()) {
                    return below;
                }
            }
        }
        return json.path("\0");
    }

    private static void convert(SourceObject gateway, ImportDraft draft) {
        gateway.ignore("server", "mvc", "httpclient", "metrics", "enabled", "discovery", "redis-rate-limiter");
        List<SpringStep> shared = steps(gateway, "default-filters");
        for (SourceObject route : gateway.objects("routes", "route", "id")) {
            List<SpringStep> filters = new ArrayList<>(shared);
            filters.addAll(steps(route, "filters"));
            convert(route, filters, draft);
        }
        gateway.reportUnread(draft);
    }

    private static List<SpringStep> steps(SourceObject source, String key) {
        List<SpringStep> steps = new ArrayList<>();
        source.raw(key).forEach(step -> steps.add(SpringStep.of(step)));
        return steps;
    }

    private static void convert(SourceObject route, List<SpringStep> filters, ImportDraft draft) {
        String name = route.text("id", route.where());
        String uri = resolved(route.text("uri", ""));
        List<ObjectNode> matches = new SpringPredicates(route.where(), steps(route, "predicates"), draft).matches();
        for (ObjectNode match : matches) {
            String path = match.path("path").asText(match.path("template").asText());
            SpringRoute target = new SpringRoute(route.where(), draft);
            if (!target.accepts(uri, match, filters)) {
                return;
            }
            ObjectNode converted = draft.route(name + (matches.size() == 1 ? "" : ' ' + path), match);
            target.convert(uri, converted, filters);
            times(route.object(TIMES), converted);
            if (!route.flag("enabled", true)) {
                converted.put("enabled", false);
            }
        }
        if (route.number("order", 0) != 0) {
            draft.lose(route.where(), "order has no counterpart; the most specific match wins");
        }
        route.reportUnread(draft);
    }

    private static void times(SourceObject metadata, ObjectNode converted) {
        if (metadata.has("connect-timeout")) {
            converted.withObject("/timeout").put("connect", metadata.number("connect-timeout", 0) + "ms");
        }
        long response = metadata.number("response-timeout", 0);
        if (response > 0) {
            converted
                    .withObject("/timeout")
                    .put("attempt", response + "ms")
                    .put("total", Math.max(MIN_TOTAL, response) + "ms");
        }
    }

    /** Replaces a placeholder such as {@code ${HOST:localhost}} by its default. */
    private static String resolved(String uri) {
        return uri.replaceAll("\\$\\{[^:{}]+:([^{}]*)}", "$1");
    }
}
