package io.videottt.jobs;

import io.videottt.metrics.Task;
import java.util.Set;

/**
 * What planning must know of a model folder.
 *
 * @param fingerprint SHA-256 of the weights
 * @param tasks what the architecture can predict
 */
record PlannedModel(String fingerprint, Set<Task> tasks) {}
