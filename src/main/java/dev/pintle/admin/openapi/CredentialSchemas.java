package dev.pintle.admin.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;

/** The schemas of the credentials of consumers. */
final class CredentialSchemas {
    private CredentialSchemas() {}

    static Schema<?> keyRequest() {
        Schema<?> schema = new ObjectSchema();
        schema.addProperty("name", new StringSchema().description("For operators."));
        schema.addProperty("expires", new StringSchema().format("date-time"));
        schema.addProperty("sha256", new StringSchema().description("The hash of a key of another gateway."));
        schema.addProperty("plain", new StringSchema().description("The text of a key of another gateway."));
        schema.setAdditionalProperties(false);
        return schema;
    }

    static Schema<?> newKey() {
        return key().addProperty(
                        "key", new StringSchema().description("Shown once; not for a key that was taken over."));
    }

    static Schema<?> keys() {
        Schema<?> listed = key().addProperty("lastUsed", new StringSchema().format("date"));
        return new ObjectSchema().addProperty("keys", new ArraySchema().items(listed));
    }

    private static Schema<?> key() {
        return new ObjectSchema()
                .addProperty("id", new StringSchema())
                .addProperty("name", new StringSchema())
                .addProperty("created", new StringSchema().format("date-time"))
                .addProperty("expires", new StringSchema().format("date-time"));
    }

    static Schema<?> certificateRequest() {
        Schema<?> schema = named(new ObjectSchema()
                .addProperty("name", new StringSchema().description("For operators."))
                .addProperty("expires", new StringSchema().format("date-time")));
        schema.setAdditionalProperties(false);
        return schema;
    }

    static Schema<?> certificate() {
        return named(key());
    }

    static Schema<?> certificates() {
        Schema<?> listed = certificate().addProperty("lastUsed", new StringSchema().format("date"));
        return new ObjectSchema().addProperty("certificates", new ArraySchema().items(listed));
    }

    private static Schema<?> named(Schema<?> schema) {
        return schema.addProperty("uri", new StringSchema().description("A URI in the certificate."))
                .addProperty("dns", new StringSchema().description("A DNS name in the certificate."))
                .addProperty("sha256", new StringSchema().description("The SHA-256 of the certificate in DER."));
    }

    static Schema<?> password() {
        return new ObjectSchema()
                .addProperty("password", new StringSchema().minLength(12).maxLength(200));
    }
}
