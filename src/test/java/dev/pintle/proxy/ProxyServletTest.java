package dev.pintle.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.server.ContainerException;
import org.junit.jupiter.api.Test;

/** Jersey passes each request to the handler and adds little of its own. */
class ProxyServletTest {
    /** Code that is not fully optimized, as in tests. It was more when Jersey validated each call and filtered each response. */
    private static final long MAX_BYTES = 7_400;

    private static final int WARM_UP = 1_000;
    private static final int REQUESTS = 1_000;

    @Test
    void jerseyPassesEachRequestToTheHandlerOnce() {
        List<ServletExchange> handled = new ArrayList<>();
        ProxyServlet servlet = new ProxyServlet(handled::add);

        servlet.service(null, null);
        servlet.service(null, null);

        assertThat(handled).hasSize(2);
    }

    @Test
    void aDefectOfTheHandlerReachesTheServer() {
        IllegalStateException defect = new IllegalStateException("defect");
        ProxyServlet servlet = new ProxyServlet(exchange -> {
            throw defect;
        });

        assertThatThrownBy(() -> servlet.service(null, null))
                .isInstanceOf(ContainerException.class)
                .hasCause(defect);
    }

    @Test
    void jerseyAllocatesLittleForARequest() {
        ProxyServlet servlet = new ProxyServlet(exchange -> {});
        for (int i = 0; i < WARM_UP; i++) {
            servlet.service(null, null);
        }

        long before = allocated();
        for (int i = 0; i < REQUESTS; i++) {
            servlet.service(null, null);
        }

        assertThat((allocated() - before) / REQUESTS).isLessThan(MAX_BYTES);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
