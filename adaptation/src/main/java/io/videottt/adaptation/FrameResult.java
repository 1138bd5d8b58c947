package io.videottt.adaptation;

import io.videottt.metrics.SemanticCounts;
import java.util.OptionalDouble;

/**
 * What is known about one frame after a method has predicted it.
 *
 * @param index position in the video, from 0
 * @param name the frame's file name without extension
 * @param annotated whether there is ground truth
 * @param counts confusion counts at the ground truth's resolution, null if not annotated
 * @param meanIou percent; empty if not annotated or all of the ground truth is ignored
 * @param reconstructionLossBefore loss of the frame's first batch before the first step, NaN where
 *     the method takes no step at this frame
 * @param reconstructionLossAfter loss of the frame's last batch, masks and crops the same, after
 *     the last step; NaN if not measured
 * @param gradientNorm global norm of the last step's gradient before clipping, NaN where the method
 *     takes no step at this frame
 * @param secondsLoad reading, decoding and resizing
 * @param secondsAdapt all steps of this frame; for the offline method the training divided by the
 *     frames
 * @param secondsPredict the forward pass up to the class of every pixel
 * @param secondsEvaluate counting
 */
public record FrameResult(
    int index,
    String name,
    boolean annotated,
    SemanticCounts counts,
    OptionalDouble meanIou,
    double reconstructionLossBefore,
    double reconstructionLossAfter,
    double gradientNorm,
    double secondsLoad,
    double secondsAdapt,
    double secondsPredict,
    double secondsEvaluate) {

  FrameResult withSecondsAdapt(double seconds) {
    return new FrameResult(
        index,
        name,
        annotated,
        counts,
        meanIou,
        reconstructionLossBefore,
        reconstructionLossAfter,
        gradientNorm,
        secondsLoad,
        seconds,
        secondsPredict,
        secondsEvaluate);
  }
}
