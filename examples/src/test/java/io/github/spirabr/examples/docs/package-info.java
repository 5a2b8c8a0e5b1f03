@NullMarked
package io.github.spirabr.examples.docs;

import org.jspecify.annotations.NullMarked;
