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

    static Schema<?> password() {
        return new ObjectSchema()
                .addProperty("password", new StringSchema().minLength(12).maxLength(200));
    }
}
