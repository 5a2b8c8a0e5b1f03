@NullMarked
package io.github.spirabr.storage.fs.features;

import org.jspecify.annotations.NullMarked;
