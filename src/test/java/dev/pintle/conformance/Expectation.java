package dev.pintle.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The required outcomes of cases. */
@FunctionalInterface
interface Expectation {
    /** The upstream received no complete request. */
    Expectation NOTHING_WHOLE =
            outcome -> fault(outcome.complete().isEmpty(), "the upstream received " + received(outcome));

    /** The upstream received exactly one request. */
    Expectation ONE_REQUEST = outcome -> fault(
            outcome.received().size() == 1 && outcome.complete().size() == 1,
            "the upstream received " + received(outcome));

    /** The response must not look complete to the client. */
    Expectation CUT = outcome -> fault(
            outcome.answers().isEmpty() || !outcome.answers().getLast().complete(), "the response looks complete");

    /** Returns the fault, or null. */
    @Nullable
    String fault(CaseOutcome outcome);

    /** Requires exactly these responses on the connection, in order. */
    static Expectation responds(Integer... statuses) {
        return outcome -> fault(
                outcome.statuses().equals(List.of(statuses)),
                "responded " + outcome.statuses() + " instead of " + List.of(statuses));
    }

    /** Requires one response with one of these statuses. */
    static Expectation respondsWithOneOf(Integer... statuses) {
        return outcome -> fault(
                outcome.statuses().size() == 1
                        && List.of(statuses).contains(outcome.statuses().getFirst()),
                "responded " + outcome.statuses() + " instead of one of " + List.of(statuses));
    }

    /** Requires one of several outcomes, where the RFC permits them. */
    static Expectation either(Expectation... outcomes) {
        return outcome -> {
            List<@Nullable String> faults = Arrays.stream(outcomes)
                    .map(expectation -> expectation.fault(outcome))
                    .toList();
            return fault(faults.contains(null), faults.toString());
        };
    }

    static Expectation all(Expectation... outcomes) {
        return outcome -> Arrays.stream(outcomes)
                .flatMap(expectation -> Stream.ofNullable(expectation.fault(outcome)))
                .findFirst()
                .orElse(null);
    }

    /** Requires a 400, or one forwarded request with this content. */
    static Expectation rejectedOrPassed(String content) {
        return either(
                all(respondsWithOneOf(400, 501), NOTHING_WHOLE),
                all(respondsFirst(200), ONE_REQUEST, content(content)));
    }

    static Expectation respondsFirst(int status) {
        return outcome -> fault(
                !outcome.statuses().isEmpty() && outcome.statuses().getFirst() == status,
                "responded " + outcome.statuses() + " instead of " + status + " first");
    }

    /** Requires these interim responses before the first final one. */
    static Expectation interim(Integer... statuses) {
        return outcome -> {
            List<Integer> interim = outcome.answers().stream()
                    .takeWhile(ObservedResponse::isInterim)
                    .map(ObservedResponse::status)
                    .toList();
            return fault(
                    interim.equals(List.of(statuses)),
                    "interim responses " + interim + " instead of " + List.of(statuses));
        };
    }

    /** Requires this content in the first request that the upstream received. */
    static Expectation content(String bytes) {
        return first(request -> request.content().bytes().equals(bytes), "another content");
    }

    /** Requires this request line at the upstream. */
    static Expectation line(String line) {
        return first(request -> request.line().equals(line), "another line than " + line);
    }

    /** Requires these values of a header at the upstream, in order; no values when the header must be absent. */
    static Expectation upstreamSees(String field, String... values) {
        return first(
                request -> request.values(field).equals(List.of(values)), field + " other than " + List.of(values));
    }

    /** Requires these trailers at the upstream. */
    static Expectation trailers(String... lines) {
        return first(request -> request.content().trailers().equals(List.of(lines)), "other trailers");
    }

    /** Requires these requests at the upstream, in order. */
    static Expectation targets(String... targets) {
        return outcome -> fault(
                outcome.complete().stream()
                        .map(ObservedRequest::target)
                        .toList()
                        .equals(List.of(targets)),
                "the upstream received " + received(outcome));
    }

    /** Requires these values of a header in the first final response; no values when the header must be absent. */
    static Expectation clientSees(String field, String... values) {
        return firstAnswer(
                answer -> answer.values(field).equals(List.of(values)), field + " other than " + List.of(values));
    }

    /** Requires exactly one header with this name in the first final response. */
    static Expectation clientSeesOne(String field) {
        return firstAnswer(answer -> answer.values(field).size() == 1, "not one " + field);
    }

    /** Requires one {@code Proxy-Status} of the gateway with this error (RFC 9209 section 2.3) in the first final response. */
    static Expectation proxyError(String word) {
        return firstAnswer(
                answer -> answer.values("Proxy-Status").size() == 1
                        && answer.values("Proxy-Status").getFirst().startsWith("pintle; error=" + word + "; "),
                "another Proxy-Status");
    }

    /** Requires this content in the first final response. */
    static Expectation body(String bytes) {
        return firstAnswer(answer -> answer.content().bytes().equals(bytes), "another body");
    }

    /** Requires that no response contains this text. */
    static Expectation neverShown(String bytes) {
        return outcome -> fault(
                outcome.answers().stream()
                        .noneMatch(answer -> answer.content().bytes().contains(bytes)),
                bytes + " was delivered");
    }

    private static Expectation first(Predicate<ObservedRequest> good, String otherwise) {
        return outcome -> outcome.received().isEmpty()
                ? "the upstream received nothing"
                : fault(
                        good.test(outcome.received().getFirst()),
                        otherwise + ": " + outcome.received().getFirst());
    }

    private static Expectation firstAnswer(Predicate<ObservedResponse> good, String otherwise) {
        return outcome -> outcome.finals().isEmpty()
                ? "the client received no response"
                : fault(
                        good.test(outcome.finals().getFirst()),
                        otherwise + ": " + outcome.finals().getFirst());
    }

    private static String received(CaseOutcome outcome) {
        return outcome.received().stream()
                .map(request -> OutputFaults.visible(request.line()) + (request.complete() ? "" : " (cut)"))
                .toList()
                .toString();
    }

    private static @Nullable String fault(boolean good, String otherwise) {
        return good ? null : otherwise;
    }
}
