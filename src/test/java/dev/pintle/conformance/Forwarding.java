package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.answered;
import static dev.pintle.conformance.Expectation.answeredOneOf;
import static dev.pintle.conformance.Expectation.clientSees;
import static dev.pintle.conformance.Expectation.clientSeesOne;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.upstreamSees;
import static dev.pintle.conformance.Octets.get;
import static dev.pintle.conformance.Octets.ok;
import static dev.pintle.conformance.Octets.request;

import java.util.List;

/** That the gateway was there, for whom it speaks, and how far a message may go. */
final class Forwarding {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    static final List<Case> CASES = List.of(
            Case.passed("Via towards the upstream", "RFC 9110 7.6.3", get("/x"), upstreamSees("Via", "1.1 pintle")),
            Case.passed(
                    "Via behind that of another proxy",
                    "RFC 9110 7.6.3",
                    get("/x", "Via: 1.0 fred"),
                    upstreamSees("Via", "1.0 fred", "1.1 pintle")),
            Case.passed("Via towards the client", "RFC 9110 7.6.3", get("/x"), clientSees("Via", "1.1 pintle")),
            Case.passed(
                            "Via behind that of the upstream",
                            "RFC 9110 7.6.3",
                            get("/x"),
                            clientSees("Via", "1.1 varnish", "1.1 pintle"))
                    .replied(Reply.of(ok("", "Via: 1.1 varnish", "Content-Length: 0"))),
            Case.of("OPTIONS that may go no further", "RFC 9110 7.6.2", request("OPTIONS /x", "Max-Forwards: 0"))
                    .expect(answeredOneOf(200, 204), Expectation.NOTHING_WHOLE),
            Case.of("TRACE that may go no further", "RFC 9110 7.6.2", request("TRACE /x", "Max-Forwards: 0"))
                    .expect(answeredOneOf(200, 405, 501), Expectation.NOTHING_WHOLE),
            Case.passed(
                    "OPTIONS that may go one further",
                    "RFC 9110 7.6.2",
                    request("OPTIONS /x", "Max-Forwards: 1"),
                    upstreamSees("Max-Forwards", "0")),
            Case.passed(
                    "TRACE that may go ten further",
                    "RFC 9110 7.6.2",
                    request("TRACE /x", "Max-Forwards: 10"),
                    upstreamSees("Max-Forwards", "9")),
            Case.passed(
                    "Max-Forwards of GET",
                    "RFC 9110 7.6.2",
                    get("/x", "Max-Forwards: 0"),
                    upstreamSees("Max-Forwards", "0")),
            Case.of("Max-Forwards that is no number", "RFC 9110 7.6.2", request("OPTIONS /x", "Max-Forwards: -1"))
                    .expect(answered(400), Expectation.NOTHING_WHOLE),
            Case.passed("TRACE", "RFC 9110 9.3.8", request("TRACE /x"), line("TRACE /x HTTP/1.1")),
            Case.passed("OPTIONS", "RFC 9110 9.3.7", request("OPTIONS /x"), line("OPTIONS /x HTTP/1.1")),
            Case.passed(
                    "the client's address",
                    "RFC 7239 5.2",
                    get("/x"),
                    upstreamSees("X-Forwarded-For", "127.0.0.1"),
                    upstreamSees("Forwarded", "for=127.0.0.1;host=\"h\";proto=http")),
            Case.passed(
                    "an address that was made up",
                    "RFC 7239 8.1",
                    get("/x", "X-Forwarded-For: 6.6.6.6"),
                    upstreamSees("X-Forwarded-For", "127.0.0.1")),
            Case.passed(
                    "Forwarded that was made up",
                    "RFC 7239 8.1",
                    get("/x", "Forwarded: for=6.6.6.6"),
                    upstreamSees("Forwarded", "for=127.0.0.1;host=\"h\";proto=http")),
            Case.passed(
                    "further words of proxies that were made up",
                    "RFC 7239 8.1",
                    get("/x", "X-Real-IP: 6.6.6.6", "X-Forwarded-Server: evil", "X-Forwarded-Proto: https"),
                    upstreamSees("X-Real-IP"),
                    upstreamSees("X-Forwarded-Server"),
                    upstreamSees("X-Forwarded-Proto", "http")),
            Case.passed(
                    "an id of the client",
                    "W3C Trace Context 3.2",
                    get("/x", "X-Trace-ID: " + ID),
                    upstreamSees("X-Trace-ID", ID),
                    clientSees("X-Trace-ID", ID)),
            Case.passed(
                    "two ids of the client",
                    "W3C Trace Context 3.2",
                    get("/x", "X-Trace-ID: " + ID, "X-Trace-ID: evil"),
                    upstreamSees("X-Trace-ID", ID),
                    clientSees("X-Trace-ID", ID)),
            Case.passed(
                            "an id of the upstream",
                            "RFC 9110 5.3",
                            get("/x", "X-Trace-ID: " + ID),
                            clientSees("X-Trace-ID", ID))
                    .replied(Reply.of(ok("", "X-Trace-ID: other", "Content-Length: 0"))),
            Case.passed(
                            "the upstream's Date",
                            "RFC 9110 6.6.1",
                            get("/x"),
                            clientSees("Date", "Mon, 01 Jan 2024 00:00:00 GMT"))
                    .replied(Reply.of(ok("", "Date: Mon, 01 Jan 2024 00:00:00 GMT", "Content-Length: 0"))),
            Case.passed("an upstream without Date", "RFC 9110 6.6.1", get("/x"), clientSeesOne("Date")),
            Case.passed("an upstream without Server", "RFC 9110 10.2.4", get("/x"), clientSees("Server")),
            Case.passed("the upstream's Server", "RFC 9110 10.2.4", get("/x"), clientSees("Server", "x/1"))
                    .replied(Reply.of(ok("", "Server: x/1", "Content-Length: 0"))));

    private Forwarding() {}
}
