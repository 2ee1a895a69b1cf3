package dev.pintle.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes the shortest list of inserted and deleted lines between two texts (E. W. Myers, "An O(ND) Difference
 * Algorithm", 1986). Texts with more than {@link #MAX_DIFFERENCES} differences count as entirely different, which
 * bounds time and memory.
 */
final class LineDiff {
    private static final int MAX_DIFFERENCES = 1_000;

    private final List<String> from;
    private final List<String> to;

    private LineDiff(List<String> from, List<String> to) {
        this.from = from;
        this.to = to;
    }

    /** One line of the result, in the order of both texts. */
    record Line(Mark mark, String text) {}

    /** The texts that contain a line. */
    enum Mark {
        KEPT(' '),
        DELETED('-'),
        INSERTED('+');

        private final char sign;

        Mark(char sign) {
            this.sign = sign;
        }

        char sign() {
            return sign;
        }
    }

    static List<Line> between(List<String> from, List<String> to) {
        int shorter = Math.min(from.size(), to.size());
        int start = 0;
        while (start < shorter && from.get(start).equals(to.get(start))) {
            start++;
        }
        int tail = 0;
        while (tail < shorter - start && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        add(lines, Mark.KEPT, from.subList(0, start));
        lines.addAll(
                new LineDiff(from.subList(start, from.size() - tail), to.subList(start, to.size() - tail)).lines());
        add(lines, Mark.KEPT, from.subList(from.size() - tail, from.size()));
        return lines;
    }

    private List<Line> lines() {
        int limit = Math.min(from.size() + to.size(), MAX_DIFFERENCES);
        Frontier frontier = new Frontier(limit);
        List<Frontier> reached = new ArrayList<>();
        for (int differences = 0; differences <= limit; differences++) {
            reached.add(frontier.copy());
            for (int diagonal = -differences; diagonal <= differences; diagonal += 2) {
                int x = frontier.next(differences, diagonal);
                while (x < from.size()
                        && x - diagonal < to.size()
                        && from.get(x).equals(to.get(x - diagonal))) {
                    x++;
                }
                frontier.set(diagonal, x);
                if (x >= from.size() && x - diagonal >= to.size()) {
                    return backwards(reached);
                }
            }
        }
        List<Line> different = new ArrayList<>();
        add(different, Mark.DELETED, from);
        add(different, Mark.INSERTED, to);
        return different;
    }

    /** Follows the shortest path from its end to its start and collects the lines. */
    private List<Line> backwards(List<Frontier> reached) {
        List<Line> lines = new ArrayList<>();
        int x = from.size();
        int y = to.size();
        for (int differences = reached.size() - 1; differences >= 0; differences--) {
            Frontier frontier = reached.get(differences);
            int diagonal = x - y;
            int start = frontier.next(differences, diagonal);
            while (x > start) {
                x--;
                y--;
                lines.add(new Line(Mark.KEPT, from.get(x)));
            }
            if (differences > 0 && frontier.inserts(differences, diagonal)) {
                y--;
                lines.add(new Line(Mark.INSERTED, to.get(y)));
            } else if (differences > 0) {
                x--;
                lines.add(new Line(Mark.DELETED, from.get(x)));
            }
        }
        return lines.reversed();
    }

    private static void add(List<Line> lines, Mark mark, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(mark, text)));
    }

    /**
     * The number of lines of {@code from} that the best path covers, for each diagonal. A diagonal is the number of
     * covered lines of {@code from} minus that of {@code to}.
     */
    private static final class Frontier {
        private final int[] covered;
        private final int zero;

        Frontier(int limit) {
            this(new int[2 * limit + 3], limit + 1);
        }

        private Frontier(int[] covered, int zero) {
            this.covered = covered;
            this.zero = zero;
        }

        Frontier copy() {
            return new Frontier(covered.clone(), zero);
        }

        void set(int diagonal, int lines) {
            covered[zero + diagonal] = lines;
        }

        /** Whether the last difference of the path to a diagonal is an insertion. */
        boolean inserts(int differences, int diagonal) {
            return diagonal == -differences
                    || (diagonal != differences && covered[zero + diagonal - 1] < covered[zero + diagonal + 1]);
        }

        /** The number of lines that a path covers immediately after its last difference. */
        int next(int differences, int diagonal) {
            if (differences == 0) {
                return 0;
            }
            return inserts(differences, diagonal) ? covered[zero + diagonal + 1] : covered[zero + diagonal - 1] + 1;
        }
    }
}
