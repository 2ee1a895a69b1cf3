package bench;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Everything to one upstream: {@code java -jar scg.jar --server.port=… --upstream=http://…}. */
@SpringBootApplication
public class Gateway {
    public static void main(String[] arguments) {
        SpringApplication.run(Gateway.class, arguments);
    }

    @Bean
    public RouteLocator routes(RouteLocatorBuilder routes, @Value("${upstream}") String upstream) {
        return routes.routes().route("all", route -> route.path("/**").uri(upstream)).build();
    }
}
