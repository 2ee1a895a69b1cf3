package dev.pintle.history;

/** One document that a revision changed, without its content. */
public record ChangedDocument(String kind, String id, ChangeOp op) {
    public static ChangedDocument of(DocumentDelta delta) {
        return new ChangedDocument(delta.kind(), delta.id(), delta.op());
    }
}
