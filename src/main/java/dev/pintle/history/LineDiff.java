package dev.pintle.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The shortest list of inserted and deleted lines between two texts (E. W. Myers, "An O(ND) Difference Algorithm", 1986).
 * Texts that differ in more than {@link #MOST_DIFFERENCES} lines count as wholly different: time and memory stay bounded.
 */
final class LineDiff {
    private static final int MOST_DIFFERENCES = 1_000;

    private final List<String> from;
    private final List<String> to;

    private LineDiff(List<String> from, List<String> to) {
        this.from = from;
        this.to = to;
    }

    /** One line of the result, in the order of both texts. */
    record Line(Mark mark, String text) {}

    /** The texts that hold a line. */
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
        int most = Math.min(from.size() + to.size(), MOST_DIFFERENCES);
        Frontier frontier = new Frontier(most);
        List<Frontier> reached = new ArrayList<>();
        for (int differences = 0; differences <= most; differences++) {
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

    /** Collects the lines of the shortest path from its end to its start. */
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
     * How many lines of {@code from} the best path covers, for each diagonal: the lines of {@code from} less those of
     * {@code to}.
     */
    private static final class Frontier {
        private final int[] covered;
        private final int zero;

        Frontier(int most) {
            this(new int[2 * most + 3], most + 1);
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

        /** Whether the path to a diagonal comes from an insertion, not from a deletion. */
        boolean inserts(int differences, int diagonal) {
            return diagonal == -differences
                    || (diagonal != differences && covered[zero + diagonal - 1] < covered[zero + diagonal + 1]);
        }

        /** The lines that a path covers just after its last difference. */
        int next(int differences, int diagonal) {
            if (differences == 0) {
                return 0;
            }
            return inserts(differences, diagonal) ? covered[zero + diagonal + 1] : covered[zero + diagonal - 1] + 1;
        }
    }
}
