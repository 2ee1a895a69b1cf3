/** Limits and workarounds for HTTP/2 connections of clients. */
@NullMarked
package dev.pintle.server.http2;

import org.jspecify.annotations.NullMarked;
