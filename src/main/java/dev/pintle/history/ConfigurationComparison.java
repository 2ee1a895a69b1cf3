package dev.pintle.history;

import java.util.List;

/**
 * What differs between two states of the configuration.
 *
 * @param changes the documents that differ: the defaults, then routes by id
 * @param effective the settings of routes that take another effect
 */
public record ConfigurationComparison(List<DocumentDelta> changes, List<EffectiveChange> effective) {
    public ConfigurationComparison {
        changes = List.copyOf(changes);
        effective = List.copyOf(effective);
    }

    /**
     * Compares the documents before some changes with those after them.
     *
     * @param before its routes may be left out when the changes leave the defaults as they are
     */
    public static ConfigurationComparison of(
            ConfigurationDocuments before, List<DocumentDelta> changes, SettingLayers layers) {
        List<DocumentDelta> different =
                changes.stream().filter(delta -> !delta.isEmpty()).toList();
        return new ConfigurationComparison(different, EffectiveDiff.of(layers, before, different));
    }
}
