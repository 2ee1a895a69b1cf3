package dev.pintle.conformance;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that a client or an upstream may send, and what must come of it.
 *
 * @param section which rules, such as {@code RFC 9112 6.3}
 * @param sent what the client sends; each further part when it has the head of an answer to the one before
 * @param reply what the upstream answers
 */
record ConformanceCase(
        String name, String section, List<String> sent, UpstreamReply reply, List<Expectation> expected) {
    /** A case whose upstream is a decent one. */
    static ConformanceCase of(String name, String section, String... sent) {
        return new ConformanceCase(name, section, List.of(sent), UpstreamReply.HELLO, List.of());
    }

    /** A message that must be refused: with that status, without reaching the upstream, and with nothing behind it being read. */
    static ConformanceCase refused(String name, String section, int status, String sent) {
        return of(name, section, sent + RawMessages.SMUGGLED)
                .expect(Expectation.answered(status), Expectation.NOTHING_WHOLE);
    }

    /** A request that must reach the upstream as one, and be answered. */
    static ConformanceCase passed(String name, String section, String sent, Expectation... further) {
        return of(name, section, sent)
                .expect(Expectation.answered(200), Expectation.ONE_REQUEST)
                .expect(further);
    }

    /** A reply of an upstream that must not be believed, and that no client sees as an answer of the upstream. */
    static ConformanceCase disbelieved(String name, String section, String reply) {
        return of(name, section, RawMessages.get("/x"))
                .replied(UpstreamReply.last(reply))
                .expect(Expectation.answered(502));
    }

    ConformanceCase replied(UpstreamReply other) {
        return new ConformanceCase(name, section, sent, other, expected);
    }

    ConformanceCase expect(Expectation... further) {
        return new ConformanceCase(
                name,
                section,
                sent,
                reply,
                Stream.concat(expected.stream(), Stream.of(further)).toList());
    }

    @Override
    public String toString() {
        return name + " (" + section + ")";
    }
}
