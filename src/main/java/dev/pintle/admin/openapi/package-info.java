/** The OpenAPI document of the admin API. */
@NullMarked
package dev.pintle.admin.openapi;

import org.jspecify.annotations.NullMarked;
