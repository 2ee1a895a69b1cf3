package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A document that is valid by the rules that it shows itself: its JSON and its parsed values. Immutable. */
public sealed interface ValidDocument permits RouteDocument, DefaultsDocument, EntityDocument {
    DocumentKey key();

    /** The document without nulls; never changed. */
    ObjectNode json();
}
