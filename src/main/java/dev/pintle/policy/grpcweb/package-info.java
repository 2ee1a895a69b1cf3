/** Translates gRPC-Web, the gRPC of browsers, into gRPC. */
@NullMarked
package dev.pintle.policy.grpcweb;

import org.jspecify.annotations.NullMarked;
