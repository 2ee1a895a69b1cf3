package dev.pintle.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The real request and response of a client, as the server gave them. */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) {}
