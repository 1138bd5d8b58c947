package io.videottt.reports;

/**
 * How much the gradients of the main and of the reconstruction loss have in common on a video.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param video id within the data set
 * @param cosine of the angle between the two at the parameters before test time, -1 to 1
 */
public record VideoCosine(EvaluationSet set, String model, String video, double cosine) {}
