package dev.pintle.cli;

import dev.pintle.history.ChangeOp;
import dev.pintle.history.DocumentDelta;
import dev.pintle.store.CommittedPlan;
import dev.pintle.store.Edit;
import dev.pintle.store.Unconfirmed;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Formats the result of an import in one line: {@code 12 created, 3 replaced, 1 unchanged; revision 18}. */
final class ImportSummary {
    private ImportSummary() {}

    static String of(List<Edit> edits, CommittedPlan committed) {
        Map<ChangeOp, Integer> routes = new EnumMap<>(ChangeOp.class);
        committed.changes().stream()
                .filter(DocumentDelta::isRoute)
                .forEach(change -> routes.merge(change.op(), 1, Integer::sum));
        int created = routes.getOrDefault(ChangeOp.CREATE, 0);
        int replaced = routes.getOrDefault(ChangeOp.UPDATE, 0);
        int deleted = routes.getOrDefault(ChangeOp.DELETE, 0);
        long put = edits.stream()
                .filter(edit -> edit instanceof Edit.Put && edit.key().isRoute())
                .count();
        return created + " created, " + replaced + " replaced, " + (put - created - replaced) + " unchanged"
                + (deleted == 0 ? "" : ", " + deleted + " deleted") + defaults(edits, committed) + "; revision "
                + committed.revision() + confirmation(committed);
    }

    private static String confirmation(CommittedPlan committed) {
        Unconfirmed unconfirmed = committed.state().unconfirmed();
        return unconfirmed == null
                ? ""
                : " reverts at " + unconfirmed.pending().revertsAt().truncatedTo(ChronoUnit.SECONDS)
                        + " unless it is confirmed: bin/pintle confirm " + unconfirmed.revision();
    }

    private static String defaults(List<Edit> edits, CommittedPlan committed) {
        if (edits.stream().noneMatch(edit -> edit.key().isDefaults())) {
            return "";
        }
        boolean replaced = committed.changes().stream().anyMatch(DocumentDelta::isDefaults);
        return replaced ? "; defaults replaced" : "; defaults unchanged";
    }
}
