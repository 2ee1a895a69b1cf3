package dev.pintle.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code maintenance}. */
final class MaintenanceRows extends OverrideRows<MaintenanceWindow, MaintenanceRequest> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    MaintenanceRows(Handle handle) {
        super(handle, "maintenance", "allow", "jsonb");
    }

    @Override
    String value(MaintenanceRequest request) {
        return JSON.valueToTree(request.allow()).toString();
    }

    @Override
    MaintenanceWindow override(String route, String allow, Instant until, Duration left, String reason, String author) {
        return new MaintenanceWindow(route, texts(allow), until, left, reason, author, OverrideScope.CLUSTER);
    }

    private static List<String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new BrokenSchemaException("Column allow of table maintenance is no list of strings: " + json);
        }
    }
}
