package dev.pintle.policy.externalauth;

import dev.pintle.http.Headers;

/** The decision about a request. */
sealed interface Decision permits Decision.Admission, Decision.Failure, Refusal {
    /**
     * The service admits the request.
     *
     * @param headers of its answer
     */
    record Admission(Headers headers) implements Decision {}

    /**
     * The service gave no usable answer.
     *
     * @param cause a sentence
     */
    record Failure(String cause) implements Decision {}
}
