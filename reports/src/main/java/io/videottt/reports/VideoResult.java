package io.videottt.reports;

import java.util.Optional;

/**
 * One method's result on one video, its repetitions averaged.
 *
 * @param video id within the data set
 * @param frames number of frames
 * @param evaluatedFrames number of frames where the metric is defined
 * @param frameMean percent, mean over the evaluated frames; NaN where there are none
 * @param difference to the fixed model on this video; absent for the fixed model itself or when it
 *     was not run
 */
public record VideoResult(
    String video,
    long frames,
    long evaluatedFrames,
    double frameMean,
    Optional<Difference> difference) {}
