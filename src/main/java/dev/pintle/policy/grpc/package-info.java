/** The gateway's own answers to gRPC calls, and their deadlines. */
@NullMarked
package dev.pintle.policy.grpc;

import org.jspecify.annotations.NullMarked;
