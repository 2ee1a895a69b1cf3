package dev.pintle.identity;

import java.io.IOException;

/** Fetches the documents of identity providers, with its own bounds on time and size and under the egress policy. */
@FunctionalInterface
public interface DocumentSource {
    /**
     * Fetches a document, blocking.
     *
     * @throws IOException when the provider does not answer with the document; the message says why
     */
    byte[] fetch(String url) throws IOException;
}
