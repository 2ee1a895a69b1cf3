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

/** The OpenAPI components of revisions, differences and batches. */
final class HistoryComponents {
    private HistoryComponents() {}

    static Components addTo(Components components) {
        return components
                .addParameters(
                        "RevisionLimit",
                        query("limit", "The maximum number of revisions, 1 to 500; by" + " default 50."))
                .addParameters(
                        "Before",
                        query("before", "Only revisions below this number: the value of next in a" + " response."))
                .addParameters("ChangedRoute", query("route", "Only revisions that changed the route of this id."))
                .addParameters("Author", query("author", "Only revisions by this author."))
                .addParameters(
                        "RestoredRoutes", query("routes", "Only these routes, as a comma-separated list of" + " ids."))
                .addParameters("From", query("from", "A revision, or live; by default the one before \"to\"."))
                .addParameters("To", query("to", "A revision, or live; by default live."))
                .addParameters("DryRun", query("dryRun", "With true, returns the differences and stores nothing."))
                .addParameters("Strict", query("strict", "With true, rejects a write with warnings of the lint."))
                .addRequestBodies("Changes", body(JSON, HistorySchemas.batch()))
                .addResponses("Revisions", answer("Revisions, the latest first.", JSON, HistorySchemas.revisions()))
                .addResponses("Revision", answer("The revision.", JSON, HistorySchemas.revisionDetail()))
                .addResponses("Configuration", answer("The whole configuration.", JSON, HistorySchemas.configuration()))
                .addResponses("Diff", diff())
                .addResponses("Lint", answer("The findings.", JSON, LintSchemas.lint()))
                .addResponses("Written", answer("The changes.", JSON, HistorySchemas.written()))
                .addResponses("Changed", answer("The changes, or the differences of a dry run.", JSON, changed()));
    }

    private static ApiResponse diff() {
        ApiResponse diff = answer("The differences.", JSON, HistorySchemas.diff());
        diff.getContent().addMediaType("text/plain", new MediaType().schema(new StringSchema()));
        return diff;
    }

    private static Schema<?> changed() {
        return new Schema<>().addAnyOfItem(HistorySchemas.written()).addAnyOfItem(HistorySchemas.preview());
    }
}
