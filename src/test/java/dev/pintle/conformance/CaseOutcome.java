package dev.pintle.conformance;

import java.util.List;

/** What came of a case, on both sides. */
record CaseOutcome(List<ObservedResponse> answers, List<ObservedRequest> heard) {
    /** The answers that are no interim ones. */
    List<ObservedResponse> finals() {
        return answers.stream().filter(answer -> !answer.isInterim()).toList();
    }

    List<Integer> statuses() {
        return finals().stream().map(ObservedResponse::status).toList();
    }

    /** The requests that came to their end. */
    List<ObservedRequest> whole() {
        return heard.stream().filter(ObservedRequest::whole).toList();
    }
}
