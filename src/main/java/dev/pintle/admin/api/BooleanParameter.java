package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import org.jspecify.annotations.Nullable;

/** Parses a query parameter that is true or false; false when absent. */
final class BooleanParameter {
    private BooleanParameter() {}

    /** @throws ApiException with 400 when the text is another word */
    static boolean of(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> throw new ApiException(ApiErrorCode.BAD_REQUEST, name + " must be true or false.");
        };
    }
}
