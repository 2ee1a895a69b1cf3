package dev.pintle.app;

import io.dropwizard.configuration.ConfigurationException;
import java.util.Collection;

/** A config.yml that cannot be read. Each error names the key and the remedy, and no value: it may be a secret. */
final class InvalidConfigurationException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(String path, Collection<String> errors) {
        super(path, errors);
    }
}
