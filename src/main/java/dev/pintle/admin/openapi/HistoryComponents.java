package dev.pintle.admin.openapi;

import static dev.pintle.admin.openapi.OpenApiDocument.JSON;
import static dev.pintle.admin.openapi.OpenApiDocument.answer;
import static dev.pintle.admin.openapi.OpenApiDocument.body;
import static dev.pintle.admin.openapi.OpenApiDocument.query;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** Parameters, bodies and answers of the calls for revisions, differences and batches. */
final class HistoryComponents {
    private HistoryComponents() {}

    static Components addTo(Components components) {
        return components
                .addParameters("RevisionLimit", query("limit", "The most revisions: 1 to 500; 50 without it."))
                .addParameters("Before", query("before", "Only revisions below this number: an answer's next."))
                .addParameters("ChangedRoute", query("route", "Only revisions that changed the route of this id."))
                .addParameters("Author", query("author", "Only revisions by this author."))
                .addParameters("RestoredRoutes", query("routes", "Only these routes: ids with commas between them."))
                .addParameters("From", query("from", "A revision, or live; without it the one before to."))
                .addParameters("To", query("to", "A revision, or live; live without it."))
                .addParameters("DryRun", query("dryRun", "true answers what would differ, and stores nothing."))
                .addParameters("Strict", query("strict", "true refuses a write that the lint has warnings for."))
                .addRequestBodies("Changes", body(JSON, HistorySchemas.batch()))
                .addResponses("Revisions", answer("Revisions, the latest first.", JSON, HistorySchemas.revisions()))
                .addResponses("Revision", answer("The revision.", JSON, HistorySchemas.revisionDetail()))
                .addResponses("Configuration", answer("The whole configuration.", JSON, HistorySchemas.configuration()))
                .addResponses("Diff", diff())
                .addResponses("Lint", answer("The findings.", JSON, LintSchemas.lint()))
                .addResponses("Written", answer("What was changed.", JSON, HistorySchemas.written()))
                .addResponses("Changed", answer("What was changed, or would differ.", JSON, changed()));
    }

    private static ApiResponse diff() {
        ApiResponse diff = answer("What differs.", JSON, HistorySchemas.diff());
        diff.getContent().addMediaType("text/plain", new MediaType().schema(new StringSchema()));
        return diff;
    }

    private static Schema<?> changed() {
        return new Schema<>().addAnyOfItem(HistorySchemas.written()).addAnyOfItem(HistorySchemas.preview());
    }
}
