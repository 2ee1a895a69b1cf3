package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A document as it is kept: it may break rules that came after it.
 *
 * @param revision the revision that wrote it; the entity tag of the document
 * @param json never changed
 */
public record VersionedDocument(long revision, ObjectNode json) {}
