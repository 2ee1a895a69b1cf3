package dev.pintle.history;

import java.util.List;

/**
 * The differences between two states of the configuration.
 *
 * @param changes the documents that differ: the defaults, then routes by id
 * @param effective the settings whose effective value differs, by route
 */
public record ConfigurationComparison(List<DocumentDelta> changes, List<EffectiveChange> effective) {
    public ConfigurationComparison {
        changes = List.copyOf(changes);
        effective = List.copyOf(effective);
    }

    /**
     * Compares the documents before and after changes.
     *
     * @param before the documents before; the routes may be omitted when the changes do not affect the defaults
     */
    public static ConfigurationComparison of(
            ConfigurationDocuments before, List<DocumentDelta> changes, SettingLayers layers) {
        List<DocumentDelta> different =
                changes.stream().filter(delta -> !delta.isEmpty()).toList();
        return new ConfigurationComparison(different, EffectiveDiff.of(layers, before, different));
    }
}
