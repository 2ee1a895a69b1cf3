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
 * Keeps viewers from changing anything. A method that is not safe (RFC 9110 section 9.2.1) is an editor's unless the resource
 * says {@link ReadOnly}: whoever forgets that shuts viewers out, and lets nobody in.
 */
@Priority(Priorities.AUTHORIZATION)
public final class AuthorizationFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    /** The property of a request that holds the role that it needs. */
    private static final String NEEDED = "neededRole";

    /** Stands for the resource of the moment. */
    @Inject
    private ResourceInfo resource;

    /** Whether the request is one to change something, and came as far as this door. */
    public static boolean isOrder(ContainerRequestContext request) {
        return request.getProperty(NEEDED) == Role.EDITOR;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Role needed = needed(request.getMethod(), resource.getResourceMethod());
        if (needed == Role.VIEWER && AuthenticationFilter.admission(request) == null) {
            return;
        }
        request.setProperty(NEEDED, needed);
        AdminToken token = AuthenticationFilter.token(request);
        if (!token.role().includes(needed)) {
            throw new ApiException(ApiProblem.withField(
                    ApiErrorCode.FORBIDDEN,
                    "This call needs the role " + needed.word() + "; the token \"" + token.name() + "\" is a "
                            + token.role().word() + "'s.",
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Bearer error=\"insufficient_scope\", scope=\"" + needed.word() + '"'));
        }
    }

    private static Role needed(String method, @Nullable Method call) {
        boolean reads = SAFE.contains(method) || (call != null && call.isAnnotationPresent(ReadOnly.class));
        Role reader = call != null && call.isAnnotationPresent(NeedsAuditor.class) ? Role.AUDITOR : Role.VIEWER;
        return reads ? reader : Role.EDITOR;
    }
}
