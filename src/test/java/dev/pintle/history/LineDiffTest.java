package dev.pintle.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.history.LineDiff.Line;
import dev.pintle.history.LineDiff.Mark;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Property
    void theLinesContainBothTextsInOrder(@ForAll("texts") List<String> from, @ForAll("texts") List<String> to) {
        List<Line> lines = LineDiff.between(from, to);

        assertThat(without(Mark.INSERTED, lines)).isEqualTo(from);
        assertThat(without(Mark.DELETED, lines)).isEqualTo(to);
    }

    @Property
    void noShorterListOfDifferencesExists(@ForAll("texts") List<String> from, @ForAll("texts") List<String> to) {
        long kept = LineDiff.between(from, to).stream()
                .filter(line -> line.mark() == Mark.KEPT)
                .count();

        assertThat(kept).isEqualTo(longestCommon(from, to));
    }

    @Test
    void textsWithTooManyDifferencesAreReplacedAsAWhole() {
        List<String> from = numbers(0, 3_000, "a");
        List<String> to = numbers(0, 3_000, "b");

        List<Line> lines = LineDiff.between(from, to);

        assertThat(without(Mark.INSERTED, lines)).isEqualTo(from);
        assertThat(without(Mark.DELETED, lines)).isEqualTo(to);
    }

    private static List<String> numbers(int from, int to, String suffix) {
        return IntStream.range(from, to).mapToObj(i -> i + suffix).toList();
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "c").list().ofMaxSize(12);
    }

    private static List<String> without(Mark mark, List<Line> lines) {
        return lines.stream()
                .filter(line -> line.mark() != mark)
                .map(Line::text)
                .toList();
    }

    private static int longestCommon(List<String> from, List<String> to) {
        int[][] longest = new int[from.size() + 1][to.size() + 1];
        for (int i = 1; i <= from.size(); i++) {
            for (int j = 1; j <= to.size(); j++) {
                longest[i][j] = from.get(i - 1).equals(to.get(j - 1))
                        ? longest[i - 1][j - 1] + 1
                        : Math.max(longest[i - 1][j], longest[i][j - 1]);
            }
        }
        return longest[from.size()][to.size()];
    }
}
