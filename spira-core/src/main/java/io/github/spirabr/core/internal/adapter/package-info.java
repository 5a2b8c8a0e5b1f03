/** Helpers that the adapters of this library share. Not API: the module exports them to these adapters alone. */
@org.jspecify.annotations.NullMarked
package io.github.spirabr.core.internal.adapter;
