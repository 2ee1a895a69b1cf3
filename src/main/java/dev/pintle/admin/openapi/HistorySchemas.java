package dev.pintle.admin.openapi;

import static dev.pintle.admin.openapi.OpenApiDocument.ref;

import dev.pintle.history.Batch;
import dev.pintle.history.Cause;
import dev.pintle.history.ChangeOp;
import dev.pintle.history.RevisionState;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.stream.Stream;

/** The OpenAPI schemas of revisions, differences and batches. */
final class HistorySchemas {
    private HistorySchemas() {}

    static Schema<?> revisions() {
        Schema<?> entry = revision()
                .addProperty("changes", list(change()).description("The first 100."))
                .addProperty("changeCount", new IntegerSchema());
        return new ObjectSchema()
                .addProperty("revisions", list(entry))
                .addProperty(
                        "next",
                        number().description("The parameter before of the next page; absent on the" + " last page."));
    }

    static Schema<?> revisionDetail() {
        Schema<?> change = change().addProperty(
                        "before", nullable("The document before the change; null when it" + " did not exist."))
                .addProperty("after", nullable("The document after the change; null when it is removed."));
        return revision().addProperty("changes", list(change));
    }

    private static Schema<?> revision() {
        return new ObjectSchema()
                .addProperty("number", number())
                .addProperty("at", new StringSchema().format("date-time"))
                .addProperty("author", new StringSchema())
                .addProperty("reason", new StringSchema())
                .addProperty(
                        "cause",
                        new StringSchema()
                                .description("One of " + String.join(", ", Cause.WORDS)
                                        + ", or the word of a later version of Pintle."))
                .addProperty(
                        "causeRevision",
                        number().description("The revision that was restored or reverted; absent otherwise."))
                .addProperty("state", words(Stream.of(RevisionState.values()).map(RevisionState::word)));
    }

    private static Schema<?> change() {
        return new ObjectSchema()
                .addProperty("kind", words(Stream.of("route", "defaults", "consumer", "identity-provider")))
                .addProperty("id", new StringSchema())
                .addProperty("op", words(Stream.of(ChangeOp.values()).map(ChangeOp::word)));
    }

    static Schema<?> laterChanges() {
        return list(change().addProperty("revision", number())
                        .addProperty("author", new StringSchema())
                        .addProperty("at", new StringSchema().format("date-time")))
                .description("With revert-conflict: the first 100 later changes to the same documents.");
    }

    static Schema<?> configuration() {
        return new ObjectSchema()
                .addProperty("revision", number())
                .addProperty("defaults", ref("Defaults"))
                .addProperty("routes", list(ref("Route")))
                .addProperty("consumers", list(ref("Consumer")))
                .addProperty("identityProviders", list(ref("IdentityProvider")));
    }

    static Schema<?> diff() {
        return comparison().addProperty("from", number()).addProperty("to", number());
    }

    static Schema<?> preview() {
        return comparison()
                .addProperty("from", number().description("The revision that the edits would change."))
                .addProperty("lint", LintSchemas.findings());
    }

    private static Schema<?> comparison() {
        Schema<?> summary = new ObjectSchema();
        Stream.of(ChangeOp.values()).forEach(op -> summary.addProperty(op.word(), new IntegerSchema()));
        Schema<?> effective = new ObjectSchema()
                .addProperty("route", new StringSchema())
                .addProperty("pointer", new StringSchema().example("/timeout/total"))
                .addProperty("from", any().description("Null when the setting had no effect."))
                .addProperty("to", any().description("Null when the setting no longer has an effect."))
                .addProperty("origin", words(Stream.of("route", "defaults", "built-in")));
        return new ObjectSchema()
                .addProperty("summary", summary.addProperty("effective", new IntegerSchema()))
                .addProperty("changes", list(change().addProperty("patch", list(operation()))))
                .addProperty("effective", list(effective));
    }

    /** RFC 6902. */
    private static Schema<?> operation() {
        return new ObjectSchema()
                .addProperty("op", words(Stream.of("add", "remove", "replace")))
                .addProperty("path", new StringSchema())
                .addProperty("value", any());
    }

    static Schema<?> written() {
        return new ObjectSchema()
                .addProperty("revision", number().description("The latest revision, whether new or not."))
                .addProperty("changes", list(change()));
    }

    static Schema<?> batch() {
        Schema<?> patch = new ObjectSchema().required(List.of("id", "merge"));
        patch.addProperty("id", new StringSchema())
                .addProperty("merge", new ObjectSchema().description("A JSON merge patch (RFC 7396)."));
        Schema<?> edit = new ObjectSchema()
                .addProperty("put", ref("Route"))
                .addProperty("patch", patch)
                .addProperty("delete", new StringSchema().description("The id of a route."))
                .addProperty("defaults", ref("Defaults"))
                .addProperty("kind", words(Stream.of("route", "consumer", "identity-provider")))
                .description("Exactly one of put, patch, delete and defaults.");
        Schema<?> batch = new ObjectSchema().required(List.of("edits"));
        return batch.addProperty("edits", list(edit).minItems(1).maxItems(Batch.MAX_EDITS))
                .addProperty(
                        "owner",
                        new StringSchema()
                                .description(
                                        "Puts get this owner; documents of another owner are refused with owned-elsewhere."))
                .addProperty("ifRevision", number().description("The required latest revision."));
    }

    private static Schema<?> list(Schema<?> items) {
        return new ArraySchema().items(items);
    }

    private static Schema<?> number() {
        return new IntegerSchema().format("int64");
    }

    /** A value of any type, or null. */
    private static Schema<?> any() {
        return new Schema<>().nullable(true);
    }

    private static Schema<?> nullable(String description) {
        return new ObjectSchema().nullable(true).description(description);
    }

    private static Schema<?> words(Stream<String> all) {
        return new StringSchema()._enum(all.toList());
    }
}
