package io.videottt.reports;

import io.videottt.reports.table.Cells;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method's result on one evaluation set.
 *
 * @param set what it was evaluated on
 * @param model label of the weights, as the sweep names them
 * @param method id of the method
 * @param title name of the method, used where the paper has no row for it
 * @param variant name of the settings, empty for the only ones
 * @param control whether the method is a control of ours and not a method of the paper
 * @param videos number of videos
 * @param frames number of evaluated (annotated) frames
 * @param coverage which frames these are, against those of the other results
 * @param repetitions seeds and trained models averaged over
 * @param frameMean percent: per frame, averaged over a video, videos weighted by their frames
 * @param pooled percent: from the counts of all frames; what is not defined is left out
 * @param perceptual what feature networks say of predicted colours
 * @param released by the protocol of the paper's released code
 * @param difference to the fixed model; absent for the fixed model itself or when it was not run
 * @param seconds per frame, means and medians
 * @param perVideo every video's own result, in the order of their ids
 * @param perClass every class's own result where it is defined, in the order of their ids
 */
public record Measurement(
    EvaluationSet set,
    String model,
    String method,
    String title,
    String variant,
    boolean control,
    int videos,
    long frames,
    FrameCoverage coverage,
    Repetitions repetitions,
    double frameMean,
    Map<PooledMetric, Double> pooled,
    PerceptualResult perceptual,
    Released released,
    Optional<Difference> difference,
    SecondsPerFrame seconds,
    List<VideoResult> perVideo,
    List<ClassResult> perClass) {

  /** Keeps map and lists from being changed. */
  public Measurement {
    pooled = Map.copyOf(pooled);
    perVideo = List.copyOf(perVideo);
    perClass = List.copyOf(perClass);
  }

  /** A result that no feature network has looked at. */
  public Measurement(
      EvaluationSet set,
      String model,
      String method,
      String title,
      String variant,
      boolean control,
      int videos,
      long frames,
      FrameCoverage coverage,
      Repetitions repetitions,
      double frameMean,
      Map<PooledMetric, Double> pooled,
      Released released,
      Optional<Difference> difference,
      SecondsPerFrame seconds,
      List<VideoResult> perVideo,
      List<ClassResult> perClass) {
    this(
        set,
        model,
        method,
        title,
        variant,
        control,
        videos,
        frames,
        coverage,
        repetitions,
        frameMean,
        pooled,
        PerceptualResult.NONE,
        released,
        difference,
        seconds,
        perVideo,
        perClass);
  }

  /**
   * The task's main metric.
   *
   * @return percent; NaN where it is not defined or not known
   */
  public double value(Protocol protocol) {
    return switch (protocol) {
      case FRAME_MEAN -> frameMean;
      case POOLED -> pooled.getOrDefault(PooledMetric.of(set.task()).get(0), Double.NaN);
      case RELEASED -> released.perFrame().orElse(Double.NaN);
    };
  }

  /** Title and settings, marked where the frames are not those of most results. */
  public String heading(String known) {
    String titled = Cells.titled(known, variant);
    return coverage.isUsual() ? titled : titled + " " + FrameCoverage.OTHER_FRAMES;
  }

  /** The same under the method's own name. */
  public String heading() {
    return heading(title);
  }
}
