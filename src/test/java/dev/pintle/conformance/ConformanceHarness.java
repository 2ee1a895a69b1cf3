package dev.pintle.conformance;

import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A gateway between raw sockets: a route for all paths to a recording upstream, and a route {@code /admin} to another
 * upstream, which only matching requests may reach. Used by one thread.
 */
final class ConformanceHarness implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RecordingUpstream site = new RecordingUpstream();
    private final RecordingUpstream vault = new RecordingUpstream();
    private final RawUpstream siteUpstream = RawUpstream.seenBy(request -> {}, site);
    private final RawUpstream vaultUpstream = RawUpstream.seenBy(request -> {}, vault);
    private final TestGateway gateway = TestGateway.start("logging.loggers.access=OFF");
    private int innocents;

    ConformanceHarness() {
        gateway.route("root", "/", siteUpstream.url(), ", \"retry\": {\"max\": 0}");
        gateway.route("admin", "/admin", vaultUpstream.url(), ", \"retry\": {\"max\": 0}");
    }

    /** Returns the faults of the gateway in a case; empty when it passes. */
    List<String> faults(ConformanceCase trial) {
        List<ObservedRequest> heardBySite = site.begin(trial.reply());
        List<ObservedRequest> heardByVault = vault.begin(trial.reply());
        List<ObservedResponse> answers;
        try (RawClient client = gateway.connect()) {
            answers = ObservedResponse.all(exchange(client, trial.sent()), methods(trial), client.wasReset());
        } catch (UncheckedIOException e) {
            return List.of("the connection stayed open without a response: " + e.getMessage());
        }
        List<String> faults = new ArrayList<>();
        checkOtherClient(faults);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> site.isIdle() && vault.isIdle());
        List<ObservedRequest> received =
                Stream.concat(heardBySite.stream(), heardByVault.stream()).toList();
        CaseOutcome outcome = new CaseOutcome(answers, received);
        heardByVault.stream()
                .filter(request -> !request.target().startsWith("/admin"))
                .forEach(request -> faults.add("reached /admin: " + request.line()));
        checkAllCases(outcome, faults);
        trial.expected().stream()
                .flatMap(expectation -> Stream.ofNullable(expectation.fault(outcome)))
                .forEach(faults::add);
        return faults;
    }

    /** Sends all parts, closes the sending side, and reads the connection to its end. */
    private static String exchange(RawClient client, List<String> sent) {
        StringBuilder answers = new StringBuilder();
        for (String part : sent.subList(0, sent.size() - 1)) {
            client.sendIfOpen(part);
            answers.append(client.head());
        }
        client.sendIfOpen(sent.getLast());
        finish(client);
        return answers + client.rest();
    }

    private static void finish(RawClient client) {
        try {
            client.finish();
        } catch (UncheckedIOException e) {
            // The gateway has closed the connection; its responses are still readable.
        }
    }

    /** Checks that the upstream connections are intact: another client must get its own response. */
    private void checkOtherClient(List<String> faults) {
        String target = RecordingUpstream.INNOCENT + innocents++;
        try (RawClient client = gateway.connect()) {
            String answer =
                    client.send(RawMessages.get(target, "Connection: close")).rest();
            if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith(target)) {
                faults.add("another client received " + answer);
            }
        }
    }

    private static void checkAllCases(CaseOutcome outcome, List<String> faults) {
        for (ObservedResponse answer : outcome.answers()) {
            faults.addAll(answer.faults());
            if (answer.status() == 500) {
                faults.add("an internal error: 500");
            }
        }
        for (ObservedResponse answer : outcome.finals()) {
            if (answer.status() != 0 && answer.values("X-Trace-ID").size() != 1) {
                faults.add("a response without a trace id");
            }
            if (answer.status() != 0 && answer.values("Date").size() != 1) {
                faults.add("a response without Date");
            }
        }
        outcome.received().forEach(request -> faults.addAll(request.faults()));
        outcome.received().stream()
                .filter(request -> request.target().startsWith("/smuggled"))
                .forEach(request -> faults.add("a smuggled request reached the upstream"));
    }

    private static List<String> methods(ConformanceCase trial) {
        return Arrays.asList(trial.sent().getFirst().split(" ", 2)).subList(0, 1);
    }

    @Override
    public void close() {
        gateway.close();
        siteUpstream.close();
        vaultUpstream.close();
    }
}
