/**
 * Documents and rules that the repositories of folders and of buckets share, so that both store the same bytes. Not API:
 * the module exports them to these adapters alone.
 */
@org.jspecify.annotations.NullMarked
package io.github.spirabr.core.internal.store;
