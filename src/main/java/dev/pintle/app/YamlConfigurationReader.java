package dev.pintle.app;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.Validator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads config.yml. Environment variables are resolved after the YAML is parsed, so that no value can change its
 * structure, and no error quotes a value.
 *
 * @param <T> the type of the configuration
 */
final class YamlConfigurationReader<T> extends YamlConfigurationFactory<T> {
    private final UnaryOperator<@Nullable String> environment;

    /** @param environment the value of a variable; null when the variable is not set */
    YamlConfigurationReader(
            Class<T> type,
            Validator validator,
            ObjectMapper mapper,
            String propertyPrefix,
            UnaryOperator<@Nullable String> environment) {
        super(
                type,
                validator,
                mapper.copy()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .registerModule(CommaSeparatedLists.module()),
                propertyPrefix);
        this.environment = environment;
    }

    @Override
    public T build(ConfigurationSourceProvider provider, String path) throws IOException, ConfigurationException {
        try {
            return super.build(provider, path);
        } catch (FileNotFoundException e) {
            throw new InvalidConfigurationException(
                    path,
                    List.of("The file does not exist or is not readable." + " Check the path and its permissions."));
        } catch (ConfigurationParsingException e) {
            throw e.getCause() instanceof JsonParseException syntax ? malformed(path, syntax.getLocation()) : e;
        }
    }

    @Override
    protected T build(JsonNode parsed, String path) throws IOException, ConfigurationException {
        ResolvedConfiguration resolved = ResolvedConfiguration.of(parsed, environment);
        if (!resolved.errors().isEmpty()) {
            throw new InvalidConfigurationException(path, resolved.errors());
        }
        try {
            return super.build(resolved.tree(), path);
        } catch (ConfigurationParsingException e) {
            // The message may contain the value, except for an unknown key.
            throw switch (e.getCause()) {
                case UnrecognizedPropertyException unknown -> e;
                case JsonMappingException wrong ->
                    new InvalidConfigurationException(path, List.of(WrongValue.message(wrong, resolved)));
                case null, default -> e;
            };
        }
    }

    private static InvalidConfigurationException malformed(String path, @Nullable JsonLocation at) {
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new InvalidConfigurationException(
                path,
                List.of("The file is not valid YAML" + place
                        + ". Check indentation, colons and quotes there. Between [] or {}, put ${…} in quotes."));
    }
}
