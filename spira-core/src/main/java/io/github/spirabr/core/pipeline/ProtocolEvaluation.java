package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;

/**
 * A model's answers to the held-out recordings as an evaluation protocol changed them.
 *
 * @param protocol the protocol's type
 * @param disclosure the sentence that must stand beside these metrics
 * @param test the answers
 */
public record ProtocolEvaluation(String protocol, String disclosure, Evaluation test) {}
