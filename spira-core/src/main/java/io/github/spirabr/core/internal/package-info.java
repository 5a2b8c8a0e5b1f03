/** What several packages of the core share, and nobody else: no promise to anybody. */
@NullMarked
package io.github.spirabr.core.internal;

import org.jspecify.annotations.NullMarked;
