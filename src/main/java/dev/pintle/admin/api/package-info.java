/** The resources of the admin API and what they share. */
@NullMarked
package dev.pintle.admin.api;

import org.jspecify.annotations.NullMarked;
