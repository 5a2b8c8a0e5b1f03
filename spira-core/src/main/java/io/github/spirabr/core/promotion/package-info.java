/** The comparison of a challenger with the champion, and its verdict. */
@NullMarked
package io.github.spirabr.core.promotion;

import org.jspecify.annotations.NullMarked;
