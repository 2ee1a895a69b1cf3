package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service of Kong: its routes, with the target, the timeouts and the plugins of the service. */
final class KongService {
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "grpc", "grpcs");
    private static final int MAX_RETRIES = 10;
    private static final long MIN_TOTAL = 30_000;

    private final SourceObject service;
    private final Map<String, SourceObject> upstreams;
    private final List<SourceObject> shared;

    /** @param shared the plugins of all services */
    KongService(SourceObject service, Map<String, SourceObject> upstreams, List<SourceObject> shared) {
        this.service = service;
        this.upstreams = upstreams;
        this.shared = shared;
    }

    void convert(List<SourceObject> routes, ImportDraft draft) {
        service.ignore("name", "id", "tags", "created_at", "updated_at", "protocol", "host", "port", "path");
        URI url = url();
        if (url == null) {
            draft.lose(service.where(), "it has no host or a protocol other than HTTP; its routes were left out");
            return;
        }
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        upstream(url, settings, draft);
        times(settings);
        boolean enabled = service.flag("enabled", true);
        List<SourceObject> plugins = service.objects("plugins", "plugin", "name");
        service.reportUnread(draft);
        for (SourceObject route : routes) {
            KongRoute source = new KongRoute(route, service.text("name", "service"));
            List<ObjectNode> all = source.convert(draft);
            for (ObjectNode converted : all) {
                settings.properties()
                        .forEach(entry ->
                                converted.set(entry.getKey(), entry.getValue().deepCopy()));
                source.rewrite(converted);
                KongPlugins applied = new KongPlugins(converted, draft);
                applied.add(shared, service, route, 0);
                applied.add(plugins, service, route, 1);
                applied.add(route.objects("plugins", "plugin", "name"), service, route, 2);
                applied.apply();
                if (!enabled) {
                    converted.put("enabled", false);
                }
            }
            if (!all.isEmpty()) {
                route.reportUnread(draft);
            }
        }
    }

    private @Nullable URI url() {
        String given = service.text("url");
        String text = given != null
                ? given
                : service.text("protocol", "http") + "://" + service.text("host", "") + port()
                        + service.text("path", "");
        try {
            URI url = URI.create(text);
            return url.getHost() != null && PROTOCOLS.contains(url.getScheme()) ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String port() {
        long port = service.number("port", 0);
        return port == 0 ? "" : ":" + port;
    }

    private void upstream(URI url, ObjectNode settings, ImportDraft draft) {
        boolean isTls = url.getScheme().endsWith("s");
        String scheme = isTls ? "https" : "http";
        String path = url.getPath().replaceAll("/+$", "");
        SourceObject upstream = upstreams.get(url.getHost());
        ObjectNode converted = settings.withObject("/upstream");
        if (upstream == null) {
            String port = url.getPort() < 0 ? "" : ":" + url.getPort();
            converted.putArray("targets").addObject().put("url", scheme + "://" + url.getHost() + port + path);
        } else {
            new KongUpstream(upstream, scheme, path).convert(converted, draft);
        }
        if (url.getScheme().startsWith("grpc")) {
            converted.put("protocol", isTls ? "h2" : "h2c");
        }
    }

    /** Kong counts the silence of a connection; a route counts that ({@code idle}) and the time to the response head. */
    private void times(ObjectNode settings) {
        long retries = Math.min(service.number("retries", 0), MAX_RETRIES);
        if (service.has("retries")) {
            settings.withObject("/retry").put("max", retries);
        }
        if (service.has("connect_timeout")) {
            settings.withObject("/timeout").put("connect", service.number("connect_timeout", 0) + "ms");
        }
        if (service.has("read_timeout")) {
            long read = service.number("read_timeout", 0);
            settings.withObject("/timeout")
                    .put("attempt", read + "ms")
                    .put("total", Math.max(MIN_TOTAL, read * (retries + 1)) + "ms");
        }
        if (service.has("read_timeout") || service.has("write_timeout")) {
            long silence = Math.max(service.number("read_timeout", 0), service.number("write_timeout", 0));
            settings.withObject("/timeout").put("idle", silence + "ms");
        }
    }
}
