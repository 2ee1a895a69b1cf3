package dev.pintle.app;

import io.dropwizard.configuration.ConfigurationException;
import java.util.Collection;

/** config.yml is invalid. Each error names the key and the remedy, but not the value, which may be a secret. */
final class InvalidConfigurationException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(String path, Collection<String> errors) {
        super(path, errors);
    }
}
