package io.videottt.reports;

import io.videottt.base.Task;

/**
 * What a method was evaluated on.
 *
 * @param dataset name in the catalogue
 * @param split for example val
 * @param task what was predicted
 */
public record EvaluationSet(String dataset, String split, Task task) {}
