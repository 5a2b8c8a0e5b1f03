/** The ports of networks and their training: factories, trainers, checkpoints, aggregation, and networks as layers and weights. */
@NullMarked
package io.github.spirabr.core.model;

import org.jspecify.annotations.NullMarked;
