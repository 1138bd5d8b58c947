package io.videottt.adaptation.scoring;

import io.videottt.base.Task;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known about one frame and task after a method has predicted it. Where several tasks are
 * predicted of a frame, the losses, the seconds of loading and those of adaptation, which they
 * share, are the same in each of their results.
 *
 * @param index position in the video, from 0
 * @param name the frame's file name without extension
 * @param task what was predicted
 * @param annotated whether there is ground truth for the task
 * @param score the counts; empty if not annotated
 * @param reconstructionLossBefore loss of the frame's first batch before the first step, NaN where
 *     the method takes no step at this frame; of Tent the entropy and of self-training the
 *     cross-entropy to its labels, since the loss is that of the method's objective
 * @param reconstructionLossAfter loss of the frame's last batch, masks and crops the same, after
 *     the last step; NaN if not measured
 * @param gradientNorm global norm of the last step's gradient before clipping, NaN where the method
 *     takes no step at this frame
 * @param secondsLoad reading, decoding and resizing
 * @param secondsAdapt all steps of this frame; for the offline method the training divided by the
 *     frames
 * @param secondsPredict the forward pass, which all tasks of the frame share and each is charged in
 *     full, and the task's own post-processing
 * @param secondsEvaluate counting; drawing previews is in none of the times
 * @param preview small pictures, for a few frames of a video
 * @param further what {@link FrameMetrics} say, by the names of their columns
 */
public record FrameResult(
    int index,
    String name,
    Task task,
    boolean annotated,
    Optional<FrameScore> score,
    double reconstructionLossBefore,
    double reconstructionLossAfter,
    double gradientNorm,
    double secondsLoad,
    double secondsAdapt,
    double secondsPredict,
    double secondsEvaluate,
    Optional<FramePreview> preview,
    Map<String, Double> further) {

  /** Keeps the map from being changed. */
  public FrameResult {
    further = Map.copyOf(further);
  }

  /** A result without pictures and further metrics. */
  public FrameResult(
      int index,
      String name,
      Task task,
      boolean annotated,
      Optional<FrameScore> score,
      double reconstructionLossBefore,
      double reconstructionLossAfter,
      double gradientNorm,
      double secondsLoad,
      double secondsAdapt,
      double secondsPredict,
      double secondsEvaluate) {
    this(
        index,
        name,
        task,
        annotated,
        score,
        reconstructionLossBefore,
        reconstructionLossAfter,
        gradientNorm,
        secondsLoad,
        secondsAdapt,
        secondsPredict,
        secondsEvaluate,
        Optional.empty(),
        Map.of());
  }

  /** The task's main metric in percent; empty if not annotated or not defined in this frame. */
  public OptionalDouble value() {
    return score.map(FrameScore::value).orElseGet(OptionalDouble::empty);
  }

  public FrameResult withSecondsAdapt(double seconds) {
    return new FrameResult(
        index,
        name,
        task,
        annotated,
        score,
        reconstructionLossBefore,
        reconstructionLossAfter,
        gradientNorm,
        secondsLoad,
        seconds,
        secondsPredict,
        secondsEvaluate,
        preview,
        further);
  }
}
