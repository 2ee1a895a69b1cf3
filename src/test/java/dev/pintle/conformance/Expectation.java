package dev.pintle.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vocabulary of what must come of a case. */
@FunctionalInterface
interface Expectation {
    /** The upstream heard no request to its end. */
    Expectation NOTHING_WHOLE = seen -> fault(seen.whole().isEmpty(), "the upstream heard " + heard(seen));

    /** The upstream heard exactly one request. */
    Expectation ONE_REQUEST =
            seen -> fault(seen.heard().size() == 1 && seen.whole().size() == 1, "the upstream heard " + heard(seen));

    /** The client cannot take the answer for a whole one. */
    Expectation CUT =
            seen -> fault(seen.answers().isEmpty() || !seen.answers().getLast().whole(), "the answer looks whole");

    /** What is wrong; null when nothing is. */
    @Nullable
    String fault(CaseOutcome seen);

    /** The answers of the connection, in their order, and no more. */
    static Expectation answered(Integer... statuses) {
        return seen -> fault(
                seen.statuses().equals(List.of(statuses)),
                "answered " + seen.statuses() + " instead of " + List.of(statuses));
    }

    /** One answer, with one of these statuses. */
    static Expectation answeredOneOf(Integer... statuses) {
        return seen -> fault(
                seen.statuses().size() == 1
                        && List.of(statuses).contains(seen.statuses().getFirst()),
                "answered " + seen.statuses() + " instead of one of " + List.of(statuses));
    }

    /** Any of several outcomes, where the RFC leaves the choice. */
    static Expectation either(Expectation... outcomes) {
        return seen -> {
            List<@Nullable String> faults =
                    Arrays.stream(outcomes).map(outcome -> outcome.fault(seen)).toList();
            return fault(faults.contains(null), faults.toString());
        };
    }

    static Expectation all(Expectation... outcomes) {
        return seen -> Arrays.stream(outcomes)
                .flatMap(outcome -> Stream.ofNullable(outcome.fault(seen)))
                .findFirst()
                .orElse(null);
    }

    /** Refused with 400, or passed on as one request with that content. */
    static Expectation refusedOrPassed(String content) {
        return either(
                all(answeredOneOf(400, 501), NOTHING_WHOLE), all(answeredFirst(200), ONE_REQUEST, content(content)));
    }

    static Expectation answeredFirst(int status) {
        return seen -> fault(
                !seen.statuses().isEmpty() && seen.statuses().getFirst() == status,
                "answered " + seen.statuses() + " instead of " + status + " first");
    }

    /** The interim answers before the first final one. */
    static Expectation interim(Integer... statuses) {
        return seen -> {
            List<Integer> interim = seen.answers().stream()
                    .takeWhile(ObservedResponse::isInterim)
                    .map(ObservedResponse::status)
                    .toList();
            return fault(
                    interim.equals(List.of(statuses)),
                    "interim answers " + interim + " instead of " + List.of(statuses));
        };
    }

    /** The content of the first request that the upstream heard. */
    static Expectation content(String octets) {
        return first(request -> request.content().octets().equals(octets), "another content");
    }

    /** The request line that the upstream heard. */
    static Expectation line(String line) {
        return first(request -> request.line().equals(line), "another line than " + line);
    }

    /** The values of a field that the upstream heard, in their order; none when it must not come. */
    static Expectation upstreamSees(String field, String... values) {
        return first(
                request -> request.values(field).equals(List.of(values)), field + " other than " + List.of(values));
    }

    /** The trailers that the upstream heard. */
    static Expectation trailers(String... lines) {
        return first(request -> request.content().trailers().equals(List.of(lines)), "other trailers");
    }

    /** The requests that the upstream heard, in their order. */
    static Expectation targets(String... targets) {
        return seen -> fault(
                seen.whole().stream().map(ObservedRequest::target).toList().equals(List.of(targets)),
                "the upstream heard " + heard(seen));
    }

    /** The values of a field in the first answer that is final; none when it must not come. */
    static Expectation clientSees(String field, String... values) {
        return firstAnswer(
                answer -> answer.values(field).equals(List.of(values)), field + " other than " + List.of(values));
    }

    /** The first final answer has one field of that name, whatever it says. */
    static Expectation clientSeesOne(String field) {
        return firstAnswer(answer -> answer.values(field).size() == 1, "not one " + field);
    }

    /** The content of the first final answer. */
    static Expectation body(String octets) {
        return firstAnswer(answer -> answer.content().octets().equals(octets), "another body");
    }

    /** No answer's content holds this. */
    static Expectation neverShown(String octets) {
        return seen -> fault(
                seen.answers().stream()
                        .noneMatch(answer -> answer.content().octets().contains(octets)),
                octets + " was delivered");
    }

    private static Expectation first(Predicate<ObservedRequest> good, String otherwise) {
        return seen -> seen.heard().isEmpty()
                ? "the upstream heard nothing"
                : fault(
                        good.test(seen.heard().getFirst()),
                        otherwise + ": " + seen.heard().getFirst());
    }

    private static Expectation firstAnswer(Predicate<ObservedResponse> good, String otherwise) {
        return seen -> seen.finals().isEmpty()
                ? "the client saw no answer"
                : fault(
                        good.test(seen.finals().getFirst()),
                        otherwise + ": " + seen.finals().getFirst());
    }

    private static String heard(CaseOutcome seen) {
        return seen.heard().stream()
                .map(request -> OutputFaults.visible(request.line()) + (request.whole() ? "" : " (cut)"))
                .toList()
                .toString();
    }

    private static @Nullable String fault(boolean good, String otherwise) {
        return good ? null : otherwise;
    }
}
