package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.PathSyntax;
import dev.pintle.config.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the {@code match} of a route from the path conditions of other gateways. */
final class MatchDraft {
    private MatchDraft() {}

    /** A path and everything below it. */
    static Optional<ObjectNode> prefix(String path) {
        String shorter = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return PathSyntax.fault(shorter, false).isEmpty()
                ? Optional.of(JsonNodeFactory.instance.objectNode().put("path", shorter))
                : Optional.empty();
    }

    /** One path. */
    static Optional<ObjectNode> exact(String path) {
        return PathSyntax.fault(path, true).isEmpty()
                ? Optional.of(
                        JsonNodeFactory.instance.objectNode().put("path", path).put("exact", true))
                : Optional.empty();
    }

    /** A template with parameters such as {@code {pet-id}}; names get the characters that a route allows. */
    static Optional<ObjectNode> template(String template) {
        if (template.indexOf('{') < 0) {
            return exact(template);
        }
        List<String> segments = new ArrayList<>();
        for (String segment : template.split("/", -1)) {
            segments.add(segment.matches("\\{[^{}]+}") ? parameter(segment) : segment);
        }
        String named = String.join("/", segments);
        return PathTemplate.fault(named).isEmpty()
                ? Optional.of(JsonNodeFactory.instance.objectNode().put("template", named))
                : Optional.empty();
    }

    private static String parameter(String segment) {
        boolean isRest = segment.endsWith("...}");
        String name = segment.substring(1, segment.length() - (isRest ? 4 : 1)).replaceAll("[^A-Za-z0-9_]", "_");
        String valid = !name.isEmpty() && Character.isLetter(name.charAt(0)) ? name : "p" + name;
        return '{' + valid + (isRest ? "...}" : "}");
    }
}
