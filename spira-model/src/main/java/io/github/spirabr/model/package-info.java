/** SpiraConv networks and their trainer on Deeplearning4j; nothing of that framework shows in a signature here. */
@NullMarked
package io.github.spirabr.model;

import org.jspecify.annotations.NullMarked;
