@NullMarked
package io.github.spirabr.storage.fs.dataset;

import org.jspecify.annotations.NullMarked;
