package dev.pintle.cli;

import dev.pintle.store.Edit;
import dev.pintle.store.WriteResult;
import dev.pintle.store.WriteResult.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What an import did, in a line: {@code 12 created, 3 replaced, 1 unchanged; revision 18}. */
final class ImportSummary {
    private ImportSummary() {}

    static String of(List<Edit> edits, WriteResult written) {
        Map<Outcome, Integer> routes = new EnumMap<>(Outcome.class);
        StringJoiner words = new StringJoiner(", ");
        String defaults = "";
        for (int i = 0; i < edits.size(); i++) {
            Outcome outcome = written.outcomes().get(i);
            if (edits.get(i) instanceof Edit.PutDefaults) {
                defaults = "; defaults " + word(outcome);
            } else {
                routes.merge(outcome, 1, Integer::sum);
            }
        }
        for (Outcome outcome : Outcome.values()) {
            int count = routes.getOrDefault(outcome, 0);
            if (count > 0 || outcome != Outcome.DELETED) {
                words.add(count + " " + word(outcome));
            }
        }
        return words + defaults + "; revision " + written.revision();
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
