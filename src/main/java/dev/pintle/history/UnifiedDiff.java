package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.history.LineDiff.Line;
import dev.pintle.history.LineDiff.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Formats changes of documents as a unified diff of canonical JSON, with one file per document and three lines of
 * context.
 */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String NO_FILE = "/dev/null";

    private final StringBuilder text = new StringBuilder();

    private UnifiedDiff() {}

    /**
     * Returns the diff of the deltas that are not empty.
     *
     * @param from the label of the earlier side, such as {@code revision 40}
     * @param to the label of the later side
     */
    public static String of(List<DocumentDelta> deltas, String from, String to) {
        UnifiedDiff diff = new UnifiedDiff();
        deltas.stream().filter(delta -> !delta.isEmpty()).forEach(delta -> diff.add(delta, from, to));
        return diff.text.toString();
    }

    private void add(DocumentDelta delta, String from, String to) {
        String name = delta.isDefaults() ? delta.id() + ".json" : delta.kind() + "s/" + delta.id() + ".json";
        text.append("--- ").append(label(delta.before(), name, from)).append('\n');
        text.append("+++ ").append(label(delta.after(), name, to)).append('\n');
        addHunks(LineDiff.between(lines(delta.before()), lines(delta.after())));
    }

    private static String label(@Nullable JsonNode document, String name, String side) {
        return (document == null ? NO_FILE : name) + '\t' + side;
    }

    private static List<String> lines(@Nullable JsonNode document) {
        return document == null ? List.of() : CanonicalJson.lines(document);
    }

    private void addHunks(List<Line> lines) {
        int from = 0;
        int to = 0;
        int next = 0;
        while (next < lines.size()) {
            int first = firstDifference(lines, next);
            if (first == lines.size()) {
                return;
            }
            int start = Math.max(next, first - CONTEXT);
            int end = end(lines, first);
            from += count(lines.subList(next, start), Mark.INSERTED);
            to += count(lines.subList(next, start), Mark.DELETED);
            List<Line> hunk = lines.subList(start, end);
            addHunk(hunk, from, to);
            from += count(hunk, Mark.INSERTED);
            to += count(hunk, Mark.DELETED);
            next = end;
        }
    }

    private static int firstDifference(List<Line> lines, int start) {
        int i = start;
        while (i < lines.size() && lines.get(i).mark() == Mark.KEPT) {
            i++;
        }
        return i;
    }

    /** Returns the end of the hunk that begins with a difference. Close differences share a hunk. */
    private static int end(List<Line> lines, int first) {
        int end = first;
        for (int i = first; i < lines.size() && i <= end + 2 * CONTEXT; i++) {
            if (lines.get(i).mark() != Mark.KEPT) {
                end = i;
            }
        }
        return Math.min(lines.size(), end + 1 + CONTEXT);
    }

    /** Counts the lines of one side: all except those that only the other side has. */
    private static int count(List<Line> lines, Mark without) {
        return Math.toIntExact(
                lines.stream().filter(line -> line.mark() != without).count());
    }

    private void addHunk(List<Line> hunk, int from, int to) {
        text.append("@@ -").append(range(from, count(hunk, Mark.INSERTED)));
        text.append(" +").append(range(to, count(hunk, Mark.DELETED))).append(" @@\n");
        hunk.forEach(line -> text.append(line.mark().sign()).append(line.text()).append('\n'));
    }

    /** Formats a range. An empty range has the number of the line before it. */
    private static String range(int before, int count) {
        return (count == 0 ? before : before + 1) + "," + count;
    }
}
