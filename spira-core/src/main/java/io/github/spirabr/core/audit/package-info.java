/** Audit of splits for leaks between their sets, and the certificate of a split that passed. */
@NullMarked
package io.github.spirabr.core.audit;

import org.jspecify.annotations.NullMarked;
