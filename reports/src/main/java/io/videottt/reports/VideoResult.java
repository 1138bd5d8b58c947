package io.videottt.reports;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One method's result on one video, its repetitions averaged.
 *
 * @param video id within the data set
 * @param frames number of frames
 * @param evaluatedFrames number of frames where the metric is defined
 * @param frameMean percent, mean over the evaluated frames; NaN where there are none
 * @param released percent, mean over the frames by the released code's formula; empty where it is
 *     not defined or not known
 * @param difference to the fixed model on this video; absent for the fixed model itself or when it
 *     was not run
 */
public record VideoResult(
    String video,
    long frames,
    long evaluatedFrames,
    double frameMean,
    OptionalDouble released,
    Optional<Difference> difference) {}
