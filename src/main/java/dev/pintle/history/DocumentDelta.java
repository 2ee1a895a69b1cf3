package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One document at two revisions. At least one side is present.
 *
 * @param kind {@code route}, {@code defaults}, or the word of an {@link dev.pintle.config.EntityKind}
 * @param before null when the document did not exist
 * @param after null when the document no longer exists
 */
public record DocumentDelta(
        String kind,
        String id,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {
    public static final String ROUTE = "route";
    public static final String DEFAULTS = "defaults";

    /** By kind and id. */
    public static final Comparator<DocumentDelta> ORDER =
            Comparator.comparing(DocumentDelta::kind).thenComparing(DocumentDelta::id);

    public ChangeOp op() {
        if (before == null) {
            return ChangeOp.CREATE;
        }
        return after == null ? ChangeOp.DELETE : ChangeOp.UPDATE;
    }

    public boolean isRoute() {
        return kind.equals(ROUTE);
    }

    public boolean isDefaults() {
        return kind.equals(DEFAULTS);
    }

    /** Whether both sides are equal; the order of keys is ignored. */
    public boolean isEmpty() {
        return before != null && before.equals(after);
    }

    /** The prefix of a message about the document. */
    String subject() {
        return isDefaults() ? "defaults: " : kind.replace('-', ' ') + ' ' + id + ": ";
    }

    /** Returns the JSON patch from {@code before} to {@code after} (RFC 6902); the empty path is the whole document. */
    public ArrayNode patch() {
        if (before != null && after != null) {
            return JsonPatch.between(before, after);
        }
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        if (after == null) {
            patch.addObject().put("op", "remove").put("path", "");
        } else {
            patch.addObject().put("op", "add").put("path", "").set("value", after);
        }
        return patch;
    }

    /** Returns the inverse change. */
    public DocumentDelta reversed() {
        return new DocumentDelta(kind, id, after, before);
    }
}
