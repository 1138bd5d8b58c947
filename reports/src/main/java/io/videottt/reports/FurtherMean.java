package io.videottt.reports;

/**
 * The mean of a metric that another jar has brought.
 *
 * @param set what was evaluated
 * @param model label of the model set
 * @param method id of the method
 * @param variant name of its settings, empty for the usual ones
 * @param title of the metric, with its unit
 * @param description of the metric, a sentence
 * @param mean over all frames that have a value
 * @param frames number of these
 */
public record FurtherMean(
    EvaluationSet set,
    String model,
    String method,
    String variant,
    String title,
    String description,
    double mean,
    long frames) {}
