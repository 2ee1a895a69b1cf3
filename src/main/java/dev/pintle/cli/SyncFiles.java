package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of a file, or of all YAML and JSON files below a directory. A file holds routes, lists of routes, or objects
 * of lists and defaults, as {@code routes export} writes them.
 */
final class SyncFiles {
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of("routes", DocumentKey.DEFAULTS.kind(), "revision"),
                    Arrays.stream(EntityKind.values()).map(EntityKind::listKey))
            .collect(Collectors.toUnmodifiableSet());

    private final Path root;
    private final List<SyncDocument> documents = new ArrayList<>();
    private final Map<String, String> sources = new HashMap<>();

    private SyncFiles(Path root) {
        this.root = root;
    }

    /** @throws CommandException when a file cannot be read, or has no documents that {@code sync} knows */
    static List<SyncDocument> read(Path path) throws CommandException, InvalidSpecException {
        SyncFiles files = new SyncFiles(path);
        for (Path file : files.paths()) {
            files.add(file);
        }
        if (files.documents.isEmpty()) {
            throw new CommandException(
                    path + " has no documents. Name a YAML or JSON file, or a directory that has some.");
        }
        return files.documents;
    }

    private List<Path> paths() throws CommandException {
        if (Files.isRegularFile(root)) {
            return List.of(root);
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .filter(this::isDocument)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException("Cannot read " + root + ": " + FileErrors.cause(e) + '.', e);
        }
    }

    /** Hidden files and directories hold no documents: .git is one. */
    private boolean isDocument(Path file) {
        for (Path name : root.relativize(file)) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        return isYaml(file) || file.toString().endsWith(".json");
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }

    private void add(Path file) throws CommandException, InvalidSpecException {
        List<JsonNode> read = isYaml(file) ? YamlFile.read(file) : List.of(RouteFile.read(file));
        String name = Files.isRegularFile(root)
                ? String.valueOf(root.getFileName())
                : root.relativize(file).toString();
        for (int i = 0; i < read.size(); i++) {
            addAll(read.size() == 1 ? name : name + " document " + (i + 1), read.get(i));
        }
    }

    private void addAll(String source, JsonNode json) throws CommandException {
        if (json.isArray()) {
            addList(source, DocumentKey.ROUTE, json);
        } else if (json.has("id") || json.has("match")) {
            add(new SyncDocument(source, DocumentKey.ROUTE, json));
        } else if (json.isObject() && !json.isEmpty() && KEYS.containsAll(names(json))) {
            addList(source + " /routes", DocumentKey.ROUTE, json.path("routes"));
            for (EntityKind kind : EntityKind.values()) {
                addList(source + " /" + kind.listKey(), kind.word(), json.path(kind.listKey()));
            }
            if (json.has("defaults")) {
                add(new SyncDocument(source + " /defaults", DocumentKey.DEFAULTS.kind(), json.path("defaults")));
            }
        } else {
            throw new CommandException(source
                    + " must hold a route with its id, a list of routes, or an object with the lists routes,"
                    + " consumers and identityProviders, and with defaults.");
        }
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void addList(String source, String kind, JsonNode list) throws CommandException {
        for (int i = 0; i < list.size(); i++) {
            add(new SyncDocument(list.isArray() && list.size() > 1 ? source + '/' + i : source, kind, list.get(i)));
        }
    }

    private void add(SyncDocument document) throws CommandException {
        boolean named = document.isDefaults() || document.json().path("id").isTextual();
        if (!named) {
            throw new CommandException(
                    document.source() + " must have an id, because sync finds a " + document.kind() + " by its id.");
        }
        String other = sources.putIfAbsent(document.kind() + ' ' + document.id(), document.source());
        if (other != null) {
            throw new CommandException(document.source() + " has the " + document.kind() + " \"" + document.id()
                    + "\", which " + other + " has already. Remove one of them.");
        }
        documents.add(document);
    }
}
