package dev.pintle.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random messages: no message of any side turns into two messages. */
class MessagesFuzzTest {
    /** A fixed seed by default; more tries cover more. */
    private static final String SEED = "26112026";

    private static final String SECOND = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    private static final List<String> REQUESTS = CaseGroup.allCases()
            .map(trial -> trial.sent().getFirst())
            .filter(bytes -> bytes.length() < 2_000 && !bytes.contains("/smuggled"))
            .toList();
    private static final List<String> REPLIES = CaseGroup.allCases()
            .map(trial -> trial.reply().bytes())
            .filter(bytes -> bytes.length() < 2_000)
            .distinct()
            .toList();
    private static ConformanceHarness harness;

    @BeforeContainer
    static void open() {
        harness = new ConformanceHarness();
    }

    @AfterContainer
    static void close() {
        harness.close();
    }

    /**
     * The value arrives unchanged, or the gateway rejects the request. Some servers accept a bare LF as line end (RFC
     * 9112 section 2.2).
     */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aValueReachesTheUpstreamUnchangedOrIsRejected(@ForAll long seed) {
        String value = value(new Random(seed)).replace("\n", "\r");
        ConformanceCase trial = ConformanceCase.of(
                        "value", "RFC 9110 5.5", RawMessages.get("/x", "X-A: " + value, "X-B: 1"))
                .expect(Expectation.either(
                        Expectation.all(Expectation.responds(400), Expectation.NOTHING_WHOLE),
                        Expectation.all(
                                Expectation.responds(200),
                                Expectation.ONE_REQUEST,
                                Expectation.upstreamSees("X-A", RawField.trimmed(value)),
                                Expectation.upstreamSees("X-B", "1"))));
        assertThat(harness.faults(trial)).as(OutputFaults.visible(value)).isEmpty();
    }

    /**
     * The gateway may replace control characters with spaces or reject the response (RFC 9110 section 5.5). Other bytes
     * stay, and no value turns into a response.
     */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aValueReachesTheClientUnchangedOrIsRejected(@ForAll long seed) {
        String value = value(new Random(seed));
        boolean controls = value.chars().anyMatch(b -> (b < ' ' && b != '\t') || b == 0x7f);
        ConformanceCase trial = ConformanceCase.of("value", "RFC 9110 5.5", RawMessages.get("/x"))
                .withReply(UpstreamReply.last(RawMessages.ok("hello", "Content-Length: 5", "X-A: " + value)))
                .expect(
                        controls
                                ? Expectation.respondsWithOneOf(200, 502)
                                : Expectation.all(
                                        Expectation.responds(200),
                                        Expectation.clientSees("X-A", RawField.trimmed(value))));
        assertThat(harness.faults(trial)).as(OutputFaults.visible(value)).isEmpty();
    }

    /** Other clients are not affected, and the upstream receives only valid HTTP. */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aRequestAffectsNoOtherClient(@ForAll long seed) {
        Random random = new Random(seed);
        String request = changed(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
        assertThat(harness.faults(ConformanceCase.of("request", "", request)))
                .as(OutputFaults.visible(request))
                .isEmpty();
    }

    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aResponseAffectsNoOtherClient(@ForAll long seed) {
        Random random = new Random(seed);
        String reply = changed(REPLIES.get(random.nextInt(REPLIES.size())) + SECOND, random);
        ConformanceCase trial = ConformanceCase.of("answer", "", RawMessages.get("/x"))
                .withReply(UpstreamReply.last(reply))
                .expect(outcome -> outcome.finals().size() == 1 ? null : "answered " + outcome.statuses());
        assertThat(harness.faults(trial)).as(OutputFaults.visible(reply)).isEmpty();
    }

    private static String value(Random random) {
        List<String> pieces = List.of(
                "\r",
                "\n",
                "\0",
                " ",
                "\t",
                "\u007f",
                "\u000b",
                "X-C: 2",
                "Content-Length: 0",
                "Transfer-Encoding: chunked",
                SECOND,
                ":",
                "\u00c3\u00a9",
                "\u0085",
                "a",
                "b",
                "\"",
                "\\",
                ",");
        return random.ints(1 + random.nextInt(8), 0, pieces.size() * 2)
                .mapToObj(i -> i < pieces.size() ? pieces.get(i) : Character.toString(random.nextInt(256)))
                .collect(Collectors.joining());
    }

    /** Removes, inserts, duplicates or changes one to three bytes. */
    private static String changed(String bytes, Random random) {
        StringBuilder text = new StringBuilder(bytes);
        for (int left = 1 + random.nextInt(3); left > 0 && !text.isEmpty(); left--) {
            int place = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(place);
                case 1 -> text.insert(place, (char) random.nextInt(256));
                case 2 -> text.insert(place, text.charAt(place));
                default -> text.setCharAt(place, "\r\n\0 \t:;,\"0/".charAt(random.nextInt(11)));
            }
        }
        return text.toString();
    }
}
