package dev.pintle.admin.auth;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.admin.problem.ApiProblem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restricts changes to editors. An unsafe method (RFC 9110 section 9.2.1) requires the role editor unless its resource
 * method is {@link ReadOnly}. A forgotten annotation therefore excludes viewers and grants nothing.
 */
@Priority(Priorities.AUTHORIZATION)
public final class AuthorizationFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    /** The request property with the required role. */
    private static final String REQUIRED = "neededRole";

    /** Jersey's proxy of the matched resource. */
    @Inject
    private ResourceInfo resource;

    /** Whether the request is a change that passed authentication. */
    public static boolean isChange(ContainerRequestContext request) {
        return request.getProperty(REQUIRED) == Role.EDITOR;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Role required = required(request.getMethod(), resource.getResourceMethod());
        if (required == Role.VIEWER && AuthenticationFilter.result(request) == null) {
            return;
        }
        request.setProperty(REQUIRED, required);
        AdminToken token = AuthenticationFilter.token(request);
        if (!token.role().includes(required)) {
            throw new ApiException(ApiProblem.withField(
                    ApiErrorCode.FORBIDDEN,
                    "This request needs the role " + required.word() + "; the token \"" + token.name() + "\" is a "
                            + token.role().word() + "'s.",
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer error=\"insufficient_scope\", scope=\"" + required.word() + '"'));
        }
    }

    private static Role required(String method, @Nullable Method call) {
        boolean reads = SAFE.contains(method) || (call != null && call.isAnnotationPresent(ReadOnly.class));
        Role reader = call != null && call.isAnnotationPresent(NeedsAuditor.class) ? Role.AUDITOR : Role.VIEWER;
        return reads ? reader : Role.EDITOR;
    }
}
