/** Authentication and authorization of requests to the admin port. */
@NullMarked
package dev.pintle.admin.auth;

import org.jspecify.annotations.NullMarked;
