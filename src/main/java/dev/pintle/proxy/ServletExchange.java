package dev.pintle.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The servlet request and response of a client. */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) {}
