package dev.pintle.proxy;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Shows Jersey the same plain request whatever the client sent, and keeps the real one aside for {@link ProxyResource}:
 * Jersey refuses methods and paths that a gateway must pass on, and reads the bodies of forms.
 */
public final class FrontFilter implements Filter {
    static final String PASSAGE = Passage.class.getName();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest real = (HttpServletRequest) request;
        real.setAttribute(PASSAGE, new Passage(real, (HttpServletResponse) response));
        chain.doFilter(new Plain(real), response);
    }

    private static final class Plain extends HttpServletRequestWrapper {
        private static final String ROOT = "/";

        Plain(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "POST";
        }

        @Override
        public String getRequestURI() {
            return ROOT;
        }

        @Override
        @SuppressWarnings("JdkObsolete") // the servlet API wants it so
        public StringBuffer getRequestURL() {
            return new StringBuffer("http://gateway/");
        }

        @Override
        public String getServletPath() {
            return "";
        }

        @Override
        public String getPathInfo() {
            return ROOT;
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public int getContentLength() {
            return 0;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.emptyEnumeration();
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.emptyEnumeration();
        }
    }
}
