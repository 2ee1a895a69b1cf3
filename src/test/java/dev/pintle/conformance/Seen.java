package dev.pintle.conformance;

import java.util.List;

/** What came of a case, on both sides. */
record Seen(List<Answered> answers, List<Heard> heard) {
    /** The answers that are no interim ones. */
    List<Answered> finals() {
        return answers.stream().filter(answer -> !answer.isInterim()).toList();
    }

    List<Integer> statuses() {
        return finals().stream().map(Answered::status).toList();
    }

    /** The requests that came to their end. */
    List<Heard> whole() {
        return heard.stream().filter(Heard::whole).toList();
    }
}
