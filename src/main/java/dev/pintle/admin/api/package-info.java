/** The resources of the admin API. */
@NullMarked
package dev.pintle.admin.api;

import org.jspecify.annotations.NullMarked;
