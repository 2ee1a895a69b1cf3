package dev.pintle.importers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Converts the declarative configuration of Kong, as decK writes it. */
public final class DeckImporter implements Importer {
    /** A file has one of them at least. */
    private static final List<String> KEYS =
            List.of("_format_version", "services", "routes", "upstreams", "consumers", "consumer_groups", "plugins");

    @Override
    public String name() {
        return "deck";
    }

    @Override
    public String description() {
        return "Converts a decK file of Kong to route files";
    }

    @Override
    public Imported convert(List<JsonNode> documents) throws UnknownFormatException {
        ImportDraft draft = new ImportDraft();
        for (JsonNode document : documents) {
            if (KEYS.stream().noneMatch(document::has)) {
                throw new UnknownFormatException(
                        "must be a decK file, with one of the keys " + String.join(", ", KEYS));
            }
            convert(new SourceObject(document, "file"), draft);
        }
        return draft.complete();
    }

    private static void convert(SourceObject file, ImportDraft draft) {
        file.ignore("_format_version", "_info", "_transform", "_workspace", "_konnect", "_comment");
        Map<String, SourceObject> upstreams = new TreeMap<>();
        for (SourceObject upstream : file.objects("upstreams", "upstream", "name")) {
            upstreams.put(upstream.text("name", ""), upstream);
        }
        List<SourceObject> shared = new ArrayList<>(file.objects("plugins", "plugin", "name"));
        List<SourceObject> consumers = file.objects("consumers", "consumer", "username");
        for (SourceObject consumer : consumers) {
            consumer.objects("plugins", "plugin", "name").stream()
                    .map(plugin -> plugin.with("consumer", consumer.text("username", "")))
                    .forEach(shared::add);
        }
        Map<String, List<String>> groups = new TreeMap<>();
        for (SourceObject group : file.objects("consumer_groups", "consumer group", "name")) {
            consumerGroup(group, groups, shared, draft);
        }
        List<SourceObject> apart = file.objects("routes", "route", "name");
        List<SourceObject> services = file.objects("services", "service", "name");
        for (SourceObject service : services) {
            List<SourceObject> routes = new ArrayList<>(service.objects("routes", "route", "name"));
            apart.stream()
                    .filter(route -> service.isNamedBy(route.raw("service")))
                    .forEach(routes::add);
            new KongService(service, upstreams, shared).convert(routes, draft);
        }
        apart.stream()
                .filter(route -> services.stream().noneMatch(service -> service.isNamedBy(route.raw("service"))))
                .forEach(route -> draft.lose(route.where(), "it has no service; the route was left out"));
        consumers.forEach(consumer ->
                consumer(consumer, groups.getOrDefault(consumer.text("username", "consumer"), List.of()), draft));
        file.reportUnread(draft);
    }

    /** A group exists in Pintle when a consumer has it. */
    private static void consumerGroup(
            SourceObject group, Map<String, List<String>> groups, List<SourceObject> shared, ImportDraft draft) {
        group.ignore("id", "tags", "created_at", "updated_at");
        String name = group.text("name", "");
        for (SourceObject member : group.objects("consumers", "consumer", "username")) {
            groups.computeIfAbsent(member.text("username", ""), consumer -> new ArrayList<>())
                    .add(name);
        }
        group.objects("plugins", "plugin", "name").stream()
                .map(plugin -> plugin.with("consumer_group", name))
                .forEach(shared::add);
        group.reportUnread(draft);
    }

    /** Kong has the secrets of consumers in clear; Pintle creates its own. */
    private static void consumer(SourceObject consumer, List<String> memberships, ImportDraft draft) {
        consumer.ignore("id", "tags", "custom_id", "created_at", "updated_at");
        var converted = draft.consumer(consumer.text("username", "consumer"));
        List<String> groups = new ArrayList<>(memberships);
        consumer.objects("acls", "acl", "group").forEach(acl -> groups.add(acl.text("group", "")));
        consumer.objects("groups", "group", "name").forEach(group -> groups.add(group.text("name", "")));
        if (!groups.isEmpty()) {
            var list = converted.putArray("groups");
            groups.stream().distinct().forEach(list::add);
        }
        for (String kind : List.of("keyauth_credentials", "basicauth_credentials")) {
            if (consumer.has(kind)) {
                draft.lose(
                        consumer.where(),
                        kind + " were left out, because Pintle stores hashes alone; create"
                                + " credentials through the admin API");
            }
        }
        consumer.reportUnread(draft);
    }
}
