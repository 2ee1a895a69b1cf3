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

/** Messages that nobody thought of: whatever is sent, by whichever side, makes no second message of it. */
class MessagesFuzzTest {
    /** The same messages in every build; more tries reach further. */
    private static final String SEED = "26112026";

    private static final String SECOND = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    private static final List<String> REQUESTS = CaseGroup.everyCase()
            .map(trial -> trial.sent().getFirst())
            .filter(octets -> octets.length() < 2_000 && !octets.contains("/smuggled"))
            .toList();
    private static final List<String> REPLIES = CaseGroup.everyCase()
            .map(trial -> trial.reply().octets())
            .filter(octets -> octets.length() < 2_000)
            .distinct()
            .toList();
    private static ConformanceHarness laboratory;

    @BeforeContainer
    static void open() {
        laboratory = new ConformanceHarness();
    }

    @AfterContainer
    static void close() {
        laboratory.close();
    }

    /** Byte for byte, or not at all. A bare LF ends a line to some (RFC 9112 section 2.2). */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aValueReachesTheUpstreamAsItIsOrIsRefused(@ForAll long seed) {
        String value = value(new Random(seed)).replace("\n", "\r");
        ConformanceCase trial = ConformanceCase.of(
                        "value", "RFC 9110 5.5", RawMessages.get("/x", "X-A: " + value, "X-B: 1"))
                .expect(Expectation.either(
                        Expectation.all(Expectation.answered(400), Expectation.NOTHING_WHOLE),
                        Expectation.all(
                                Expectation.answered(200),
                                Expectation.ONE_REQUEST,
                                Expectation.upstreamSees("X-A", RawField.trimmed(value)),
                                Expectation.upstreamSees("X-B", "1"))));
        assertThat(laboratory.faults(trial)).as(OutputFaults.visible(value)).isEmpty();
    }

    /** Controls may become spaces or be refused (RFC 9110 section 5.5); all else stays, and nothing becomes an answer. */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aValueReachesTheClientAsItIsOrIsRefused(@ForAll long seed) {
        String value = value(new Random(seed));
        boolean controls = value.chars().anyMatch(octet -> (octet < ' ' && octet != '\t') || octet == 0x7f);
        ConformanceCase trial = ConformanceCase.of("value", "RFC 9110 5.5", RawMessages.get("/x"))
                .replied(UpstreamReply.last(RawMessages.ok("hello", "Content-Length: 5", "X-A: " + value)))
                .expect(
                        controls
                                ? Expectation.answeredOneOf(200, 502)
                                : Expectation.all(
                                        Expectation.answered(200),
                                        Expectation.clientSees("X-A", RawField.trimmed(value))));
        assertThat(laboratory.faults(trial)).as(OutputFaults.visible(value)).isEmpty();
    }

    /** Nobody else is harmed, and the upstream hears nothing that is not HTTP. */
    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void aRequestHarmsNobody(@ForAll long seed) {
        Random random = new Random(seed);
        String request = changed(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
        assertThat(laboratory.faults(ConformanceCase.of("request", "", request)))
                .as(OutputFaults.visible(request))
                .isEmpty();
    }

    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void anAnswerHarmsNobody(@ForAll long seed) {
        Random random = new Random(seed);
        String reply = changed(REPLIES.get(random.nextInt(REPLIES.size())) + SECOND, random);
        ConformanceCase trial = ConformanceCase.of("answer", "", RawMessages.get("/x"))
                .replied(UpstreamReply.last(reply))
                .expect(seen -> seen.finals().size() == 1 ? null : "answered " + seen.statuses());
        assertThat(laboratory.faults(trial)).as(OutputFaults.visible(reply)).isEmpty();
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

    /** One to three octets taken away, put in, doubled or changed. */
    private static String changed(String octets, Random random) {
        StringBuilder text = new StringBuilder(octets);
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
