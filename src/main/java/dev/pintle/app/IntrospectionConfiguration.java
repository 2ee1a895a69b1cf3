package dev.pintle.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pintle.http.CidrSet;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** The peers that may see the detailed introspection paths of the gateway port; none by default. */
public final class IntrospectionConfiguration {
    @NotNull
    @JsonProperty
    private List<String> allow = List.of();

    /**
     * Parses the networks of the peers.
     *
     * @throws IllegalArgumentException when the list is invalid; the message quotes no value
     */
    CidrSet peers() {
        try {
            return CidrSet.of(allow);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("INTROSPECTION_ALLOW (introspection.allow) must be a list of CIDR blocks"
                    + " such as 10.0.0.0/8 or 2001:db8::/32.");
        }
    }
}
