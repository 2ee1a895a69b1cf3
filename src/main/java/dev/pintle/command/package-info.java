/**
 * What an operator does to the database from a shell, beside a running gateway or without one.
 */
@NullMarked
package dev.pintle.command;

import org.jspecify.annotations.NullMarked;
