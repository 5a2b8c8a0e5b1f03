/** Whether the sides of a split are apart: the search for what is on two of them, and the certificate of what it found. */
@NullMarked
package io.github.spirabr.core.audit;

import org.jspecify.annotations.NullMarked;
