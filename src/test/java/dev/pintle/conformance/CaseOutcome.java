package dev.pintle.conformance;

import java.util.List;

/** The outcome of a case on both sides. */
record CaseOutcome(List<ObservedResponse> answers, List<ObservedRequest> received) {
    /** Returns the final responses. */
    List<ObservedResponse> finals() {
        return answers.stream().filter(answer -> !answer.isInterim()).toList();
    }

    List<Integer> statuses() {
        return finals().stream().map(ObservedResponse::status).toList();
    }

    /** Returns the complete requests. */
    List<ObservedRequest> complete() {
        return received.stream().filter(ObservedRequest::complete).toList();
    }
}
