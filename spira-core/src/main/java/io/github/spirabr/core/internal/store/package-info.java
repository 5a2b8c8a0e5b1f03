/**
 * Documents of prepared data sets, which folders and buckets store in the same bytes. Not API:
 * the module exports them to these adapters alone.
 */
@org.jspecify.annotations.NullMarked
package io.github.spirabr.core.internal.store;
