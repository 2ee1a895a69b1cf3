package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A stored document. It may violate rules that are newer than it.
 *
 * @param revision the revision that wrote it; the entity tag of the document
 * @param json never changed
 */
public record VersionedDocument(long revision, ObjectNode json) {}
