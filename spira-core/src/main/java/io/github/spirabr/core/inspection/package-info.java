/** A look at a data set before anything is trained: what is in it, and what gives the class away besides speech. */
@NullMarked
package io.github.spirabr.core.inspection;

import org.jspecify.annotations.NullMarked;
