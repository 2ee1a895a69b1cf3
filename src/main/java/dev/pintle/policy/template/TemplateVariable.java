package dev.pintle.policy.template;

import dev.pintle.http.ByteText;
import dev.pintle.http.Exchange;
import dev.pintle.http.HttpToken;
import dev.pintle.http.QueryString;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a template. The list of variables is closed.
 *
 * @param name as written between the braces
 * @param kind the role of the value in a URL
 * @param value reads the {@link ByteText}; null when the exchange has no such value
 */
record TemplateVariable(String name, ValueKind kind, Function<Exchange, @Nullable String> value) {
    private static final String KNOWN =
            "{client.address}, {route.id}, {trace.id}, {host}, {path}, {path.NAME}, {consumer.id}, {claim.NAME},"
                    + " {header.NAME} and {query.NAME}";

    /** @throws TemplateSyntaxException when no variable has this name */
    static TemplateVariable of(String name) throws TemplateSyntaxException {
        return switch (name) {
            case "client.address" ->
                new TemplateVariable(
                        name, ValueKind.TEXT, exchange -> exchange.client().address());
            case "route.id" ->
                new TemplateVariable(
                        name, ValueKind.TEXT, exchange -> exchange.context().route());
            case "trace.id" ->
                new TemplateVariable(
                        name,
                        ValueKind.TEXT,
                        exchange -> exchange.context().trace().id().hex());
            case "host" -> new TemplateVariable(name, ValueKind.HOST, TemplateVariable::host);
            case "path" ->
                new TemplateVariable(
                        name, ValueKind.PATH, exchange -> exchange.request().path());
            case "consumer.id" ->
                new TemplateVariable(
                        name,
                        ValueKind.TEXT,
                        exchange -> text(exchange.context().identity().consumer()));
            default -> named(name);
        };
    }

    private static TemplateVariable named(String name) throws TemplateSyntaxException {
        int dot = name.indexOf('.');
        String argument = name.substring(dot + 1);
        if (name.startsWith("path.") && !argument.isEmpty()) {
            return new TemplateVariable(
                    name,
                    ValueKind.PATH,
                    exchange -> exchange.context().pathParameters().get(argument));
        }
        if (name.startsWith("header.") && HttpToken.matches(argument)) {
            return new TemplateVariable(name, ValueKind.TEXT, exchange -> header(exchange, argument));
        }
        if (name.startsWith("claim.") && !argument.isEmpty()) {
            return new TemplateVariable(
                    name,
                    ValueKind.TEXT,
                    exchange -> text(exchange.context().identity().claim(argument)));
        }
        if (name.startsWith("query.") && !argument.isEmpty()) {
            String parameter = ByteText.of(argument);
            return new TemplateVariable(
                    name,
                    ValueKind.TEXT,
                    exchange -> QueryString.value(exchange.request().query(), parameter));
        }
        throw new TemplateSyntaxException(
                "has no variable named {" + name + "}; there are " + KNOWN + ". Write {{ for a brace");
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : ByteText.of(value);
    }

    private static @Nullable String header(Exchange exchange, String name) {
        List<String> values = exchange.request().headers().all(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** The host that the client asked for, in lower case and without port. */
    private static @Nullable String host(Exchange exchange) {
        String authority = exchange.client().origin().authority();
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }
}
