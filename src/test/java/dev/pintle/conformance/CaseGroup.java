package dev.pintle.conformance;

import java.util.List;
import java.util.stream.Stream;

/** A chapter of cases. */
record CaseGroup(String name, List<ConformanceCase> cases) {
    static final List<CaseGroup> ALL = List.of(
            new CaseGroup("Message framing", MessageFramingCases.CASES),
            new CaseGroup("Chunks", ChunkedCodingCases.CASES),
            new CaseGroup("Request lines", RequestLineCases.CASES),
            new CaseGroup("Versions", VersionCases.CASES),
            new CaseGroup("Target forms", TargetFormCases.CASES),
            new CaseGroup("Host", HostCases.CASES),
            new CaseGroup("Fields", FieldCases.CASES),
            new CaseGroup("Largest messages", LargestMessageCases.CASES),
            new CaseGroup("HTTP/1.0", Http10Cases.CASES),
            new CaseGroup("Pipelining and Expect", PipeliningCases.CASES),
            new CaseGroup("Connection", ConnectionHeaderCases.CASES),
            new CaseGroup("Forwarding", ForwardingCases.CASES),
            new CaseGroup("Proxy-Status", ProxyStatusCases.CASES),
            new CaseGroup("Upstream responses", UpstreamResponseCases.CASES),
            new CaseGroup("Responses without content", NoContentCases.CASES),
            new CaseGroup("Paths", PathCases.CASES));

    static Stream<ConformanceCase> allCases() {
        return ALL.stream().flatMap(chapter -> chapter.cases().stream());
    }
}
