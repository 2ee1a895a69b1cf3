package dev.pintle.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Cases of one subject. */
record Chapter(String name, List<Case> cases) {
    static final List<Chapter> ALL = List.of(
            new Chapter("Message framing", MessageFraming.CASES),
            new Chapter("Chunks", Chunks.CASES),
            new Chapter("Request lines", RequestLines.CASES),
            new Chapter("Host", Hosts.CASES),
            new Chapter("Fields", Fields.CASES),
            new Chapter("HTTP/1.0", OlderClients.CASES),
            new Chapter("Pipelining and Expect", Pipelining.CASES),
            new Chapter("Connection", ConnectionFields.CASES),
            new Chapter("Forwarding", Forwarding.CASES),
            new Chapter("Answers of upstreams", UpstreamAnswers.CASES),
            new Chapter("Answers without content", NoContent.CASES),
            new Chapter("Paths", Paths.CASES));

    static Stream<Case> everyCase() {
        return ALL.stream().flatMap(chapter -> chapter.cases().stream());
    }
}
