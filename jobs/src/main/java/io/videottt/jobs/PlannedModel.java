package io.videottt.jobs;

import io.videottt.metrics.Task;
import io.videottt.model.InputPadding;
import java.util.Set;

/**
 * What planning must know of a model folder.
 *
 * @param fingerprint SHA-256 of the weights
 * @param tasks what the architecture can predict
 * @param padding of its input
 */
record PlannedModel(String fingerprint, Set<Task> tasks, InputPadding padding) {}
