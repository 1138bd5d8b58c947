package io.videottt.adaptation.training;

import java.util.Map;

/**
 * What a finished training leaves in {@code training.json}.
 *
 * @param identity settings, start and data
 * @param mainTaskOnly accuracy of the first phase's result, null where the phase was left out
 * @param joint accuracy of the second phase's result, null where the phase was left out
 * @param seconds of training, all processes together, without validation
 */
public record TrainingResult(
    Map<String, String> identity, Validation mainTaskOnly, Validation joint, double seconds) {}
