package dev.pintle.admin.openapi;

import dev.pintle.admin.api.ConfigurationWrite;
import dev.pintle.admin.api.MergePatch;
import dev.pintle.admin.api.Responses;
import dev.pintle.admin.api.WriteContext;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.NeedsAuditor;
import dev.pintle.admin.auth.ReadOnly;
import dev.pintle.admin.problem.ApiProblem;
import dev.pintle.config.DocumentSchema;
import dev.pintle.config.EntityKind;
import dev.pintle.routing.RouteSchema;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates the OpenAPI document of the admin API: paths and methods from the resources, documents from the spec records.
 */
final class OpenApiDocument {
    static final String JSON = "application/json";
    private static final String TOKEN = "token";

    private OpenApiDocument() {}

    /** Returns the document as JSON. */
    static String of(Set<Class<?>> resources) {
        OpenAPI base = new OpenAPI()
                .info(new Info()
                        .title("Pintle admin API")
                        .version("v1")
                        .description("Every write creates one revision. The node serves the revision before it"
                                + " answers."))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
        OpenAPI api = new Reader(new SwaggerConfiguration().openAPI(base)).read(resources);
        // Added last: the reader makes an object of each schema without a type, and such a schema permits any value.
        api.setComponents(LiveSchemas.addTo(TunnelSchemas.addTo(AuditSchemas.addTo(
                ClusterComponents.addTo(HistoryComponents.addTo(MaintenanceComponents.addTo(components())))))));
        Set<String> reading = marked(resources, ReadOnly.class);
        Set<String> auditing = marked(resources, NeedsAuditor.class);
        Set<String> writing = marked(resources, ConfigurationWrite.class);
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String id = operation.getOperationId();
                    addProblems(
                            operation,
                            !AuthenticationFilter.OPEN.contains(path.substring(1)),
                            (method != HttpMethod.GET && !reading.contains(id)) || auditing.contains(id));
                    if (writing.contains(id)) {
                        ClusterComponents.addWaitTo(operation);
                    }
                }));
        return Json.pretty(api);
    }

    /** The ids of the operations whose method has an annotation. */
    private static Set<String> marked(Set<Class<?>> resources, Class<? extends Annotation> mark) {
        return resources.stream()
                .flatMap(resource -> Arrays.stream(resource.getMethods()))
                .filter(call -> call.isAnnotationPresent(mark))
                .map(call -> call.getAnnotation(io.swagger.v3.oas.annotations.Operation.class)
                        .operationId())
                .collect(Collectors.toSet());
    }

    private static void addProblems(Operation operation, boolean needsToken, boolean needsMore) {
        ApiResponses responses = operation.getResponses();
        if (needsToken) {
            responses.addApiResponse("401", problem());
            responses.addApiResponse("429", problem());
        }
        if (needsMore) {
            responses.addApiResponse("403", problem());
        }
        responses.addApiResponse("default", problem());
    }

    private static ApiResponse problem() {
        return new ApiResponse().$ref("Problem");
    }

    private static Components components() {
        DocumentSchema documents = RouteSchema.SCHEMA;
        return new Components()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSchemas("Route", SpecSchemas.route(documents))
                .addSchemas("Consumer", SpecSchemas.entity(EntityKind.CONSUMER))
                .addSchemas("IdentityProvider", SpecSchemas.entity(EntityKind.IDENTITY_PROVIDER))
                .addSchemas("Entity", entity())
                .addSchemas("Defaults", SpecSchemas.defaults(documents))
                .addSchemas("Violations", ResponseSchemas.violations())
                .addSchemas("Problem", ResponseSchemas.problem())
                .addParameters("Reason", header(WriteContext.REASON, "The reason, recorded with the write."))
                .addParameters(
                        "IfMatch",
                        header(HttpHeaders.IF_MATCH, "Write only if one of these revisions wrote" + " the document."))
                .addParameters(
                        "IfNoneMatch",
                        header(HttpHeaders.IF_NONE_MATCH, "With *, write only if the document" + " does not exist."))
                .addParameters("Client", client())
                .addParameters("Limit", query("limit", "The maximum number of routes; by default all."))
                .addParameters(
                        "After",
                        query("after", "The id after which the page begins: the value of next in a" + " response."))
                .addRequestBodies("Explain", body(JSON, ResponseSchemas.explain()))
                .addRequestBodies("Force", body(JSON, ResponseSchemas.force()))
                .addRequestBodies("Route", body(JSON, ref("Route")))
                .addRequestBodies("RoutePatch", body(MergePatch.MEDIA_TYPE, new ObjectSchema()))
                .addRequestBodies("Entity", body(JSON, ref("Entity")))
                .addRequestBodies("Key", body(JSON, CredentialSchemas.keyRequest()))
                .addRequestBodies("Certificate", body(JSON, CredentialSchemas.certificateRequest()))
                .addRequestBodies("Password", body(JSON, CredentialSchemas.password()))
                .addRequestBodies("EntityPatch", body(MergePatch.MEDIA_TYPE, new ObjectSchema()))
                .addRequestBodies("Defaults", body(JSON, ref("Defaults")))
                .addResponses("Route", document("The route as written.", ref("Route")))
                .addResponses("Keys", answer("The keys without their secrets.", JSON, CredentialSchemas.keys()))
                .addResponses("NewKey", answer("The key, shown once.", JSON, CredentialSchemas.newKey()))
                .addResponses(
                        "Certificates",
                        answer("The certificates of the consumer.", JSON, CredentialSchemas.certificates()))
                .addResponses("Certificate", answer("The certificate.", JSON, CredentialSchemas.certificate()))
                .addResponses("Entity", document("The document as it was written.", ref("Entity")))
                .addResponses("Entities", document("Every document of the kind, by id.", new ObjectSchema()))
                .addResponses("Defaults", document("The defaults as written.", ref("Defaults")))
                .addResponses("Routes", document("All routes as written, by id.", ResponseSchemas.routes()))
                .addResponses("Circuits", answer("The circuits of this node.", JSON, ResponseSchemas.circuits()))
                .addResponses("Explanation", answer("The explanation.", JSON, ResponseSchemas.explanation()))
                .addResponses("Health", answer("The health of the node.", JSON, IntrospectionSchemas.health()))
                .addResponses("Word", answer("One word.", JSON, IntrospectionSchemas.word()))
                .addResponses(
                        "NodeRoutes", answer("The active routes of this node.", JSON, IntrospectionSchemas.routes()))
                .addResponses("Limits", answer("The limits of this node.", JSON, IntrospectionSchemas.limits()))
                .addResponses("Metrics", answer("All metrics.", "text/plain", new StringSchema()))
                .addResponses(
                        "Levels", answer("The remaining requests of each rate limit.", JSON, ResponseSchemas.levels()))
                .addResponses("Violations", answer("The violations of the route.", JSON, ref("Violations")))
                .addResponses("Problem", answer("The problem (RFC 9457).", ApiProblem.MEDIA_TYPE, ref("Problem")));
    }

    private static Schema<?> entity() {
        return new ComposedSchema().addAnyOfItem(ref("Consumer")).addAnyOfItem(ref("IdentityProvider"));
    }

    static Schema<?> ref(String schema) {
        return new Schema<>().$ref(schema);
    }

    private static Parameter client() {
        return query("client", "The client's address, or the value of the header that is the key of the limit.");
    }

    static Parameter query(String name, String description) {
        return new QueryParameter().name(name).description(description).schema(new StringSchema());
    }

    static Parameter header(String name, String description) {
        return new HeaderParameter().name(name).description(description).schema(new StringSchema());
    }

    static RequestBody body(String mediaType, Schema<?> schema) {
        return new RequestBody().required(true).content(content(mediaType, schema));
    }

    private static ApiResponse document(String description, Schema<?> schema) {
        return answer(description, JSON, schema)
                .addHeaderObject(
                        HttpHeaders.ETAG,
                        new Header()
                                .description("The revision that wrote the document.")
                                .schema(new StringSchema()))
                .addHeaderObject(
                        Responses.REVISION,
                        new Header()
                                .description("The revision of the whole configuration.")
                                .schema(new IntegerSchema()));
    }

    static ApiResponse answer(String description, String mediaType, Schema<?> schema) {
        return new ApiResponse().description(description).content(content(mediaType, schema));
    }

    private static Content content(String mediaType, Schema<?> schema) {
        return new Content().addMediaType(mediaType, new MediaType().schema(schema));
    }
}
