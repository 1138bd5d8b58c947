package io.videottt.reports;

/**
 * A frame as far from training as its colours are, and what a method gains there.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param method id of the method
 * @param title of the method with the settings' name
 * @param distance of the frame's colours from those of the training images, grey levels
 * @param gain over the fixed model on the frame, percent points, seeds averaged
 */
public record FrameShift(
    EvaluationSet set, String model, String method, String title, double distance, double gain) {}
