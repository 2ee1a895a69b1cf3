package dev.pintle.conformance;

import java.util.List;
import java.util.stream.Stream;

/**
 * A message of a client or an upstream, with the required outcome.
 *
 * @param section the rules, such as {@code RFC 9112 6.3}
 * @param sent the bytes of the client; the client sends each further part after the response head to the previous one
 * @param reply the response of the upstream
 */
record ConformanceCase(
        String name, String section, List<String> sent, UpstreamReply reply, List<Expectation> expected) {
    /** Creates a case with a correct upstream. */
    static ConformanceCase of(String name, String section, String... sent) {
        return new ConformanceCase(name, section, List.of(sent), UpstreamReply.HELLO, List.of());
    }

    /**
     * Creates a case of a message that the gateway must reject with a status. It must not reach the upstream, and the
     * gateway must not read the bytes after it.
     */
    static ConformanceCase refused(String name, String section, int status, String sent) {
        return of(name, section, sent + RawMessages.SMUGGLED)
                .expect(Expectation.responds(status), Expectation.NOTHING_WHOLE);
    }

    /** Creates a case of a request that must reach the upstream as one request, and get a response. */
    static ConformanceCase passed(String name, String section, String sent, Expectation... further) {
        return of(name, section, sent)
                .expect(Expectation.responds(200), Expectation.ONE_REQUEST)
                .expect(further);
    }

    /** Creates a case of an upstream response that the gateway must reject, and that no client may receive. */
    static ConformanceCase rejectedReply(String name, String section, String reply) {
        return of(name, section, RawMessages.get("/x"))
                .withReply(UpstreamReply.last(reply))
                .expect(Expectation.responds(502));
    }

    ConformanceCase withReply(UpstreamReply other) {
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
