package dev.pintle.config;

/**
 * A name in a route or in the defaults that another document defines.
 *
 * @param pointer to the name, relative to the key of the settings
 */
public record Reference(Target target, String name, String pointer) {
    /** The kind of document or group that a name stands for. */
    public enum Target {
        CONSUMER("consumer"),
        GROUP("group of consumers"),
        IDENTITY_PROVIDER("identity provider");

        private final String noun;

        Target(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    /** The reference from a document that contains this one at {@code parent}. */
    Reference below(String parent) {
        return new Reference(target, name, parent + pointer);
    }

    Violation violation() {
        return new Violation(
                pointer, "names the " + target.noun() + " " + Truncated.quoted(name) + ", which does not exist");
    }
}
