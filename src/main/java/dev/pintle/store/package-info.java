/**
 * PostgreSQL: routes, defaults and revisions, the notification of changes, and the migrations.
 */
@NullMarked
package dev.pintle.store;

import org.jspecify.annotations.NullMarked;
