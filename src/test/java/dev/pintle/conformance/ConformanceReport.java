package dev.pintle.conformance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs every case against a gateway and prints per chapter the number of cases, the number of passed ones and their
 * sections. Failures go to the error stream. Exits with 1 when a case fails that is not a known failure.
 */
public final class ConformanceReport {
    private int passed;
    private int known;
    private int failed;

    private ConformanceReport() {}

    public static void main(String[] arguments) {
        ConformanceReport run = new ConformanceReport();
        try (ConformanceHarness harness = new ConformanceHarness()) {
            System.out.println("| chapter | cases | passed | sections |");
            System.out.println("|---|---|---|---|");
            CaseGroup.ALL.forEach(chapter -> run.chapter(harness, chapter));
        }
        System.out.println(run.passed + " passed, " + run.known + " known failures, " + run.failed + " failed");
        System.exit(run.failed == 0 ? 0 : 1);
    }

    private void chapter(ConformanceHarness harness, CaseGroup chapter) {
        int before = passed;
        chapter.cases().forEach(trial -> judge(trial, harness.faults(trial)));
        System.out.println("| " + chapter.name() + " | " + chapter.cases().size() + " | " + (passed - before) + " | "
                + sections(chapter.cases()) + " |");
    }

    private void judge(ConformanceCase trial, List<String> faults) {
        if (faults.isEmpty()) {
            passed++;
            return;
        }
        boolean isKnown = KnownFailures.reason(trial).isPresent();
        known += isKnown ? 1 : 0;
        failed += isKnown ? 0 : 1;
        System.err.println((isKnown ? "KNOWN " : "FAILED ") + trial + ": "
                + KnownFailures.reason(trial).orElse(String.join("; ", faults)));
    }

    private static String sections(List<ConformanceCase> cases) {
        return cases.stream().map(ConformanceCase::section).distinct().sorted().collect(Collectors.joining(", "));
    }
}
