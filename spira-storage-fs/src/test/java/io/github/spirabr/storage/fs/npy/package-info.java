/** Features written for NumPy. */
@NullMarked
package io.github.spirabr.storage.fs.npy;

import org.jspecify.annotations.NullMarked;
