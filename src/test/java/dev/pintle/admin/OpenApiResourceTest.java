package dev.pintle.admin;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiResourceTest {
    @Test
    void x(@TempDir Path folder) throws Exception {
        try (Desk desk = new Desk(folder)) {
            System.out.println(desk.get("/api/v1/openapi.json").body());
        }
    }
}
