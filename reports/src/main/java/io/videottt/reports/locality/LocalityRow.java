package io.videottt.reports.locality;

import io.videottt.metrics.LocalityBound;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.VideoCosine;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was estimated and measured on one video, or on all videos of a set together.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param target id of what the reconstruction decoder gives back, {@code pixels} for the paper's
 * @param video id, empty for all videos together
 * @param frames number of frames that the estimate was made on
 * @param gap frames between the two annotated frames of a comparison, on average
 * @param average the bound with average constants
 * @param cautious the bound with 95th percentiles of step and sensitivity
 * @param scale factor of the self-supervised gradient
 * @param cosine of the angle between the two gradients
 * @param bias share of the mean in the second moment of their difference
 * @param measured frame mean of the task's metric in percent by window, {@link #ALL_FRAMES} for all
 *     frames; empty where no results are given
 */
public record LocalityRow(
    EvaluationSet set,
    String model,
    String target,
    String video,
    int frames,
    double gap,
    LocalityBound average,
    LocalityBound cautious,
    double scale,
    double cosine,
    double bias,
    Map<Integer, Double> measured) {

  /** Stands for the window of all frames seen so far. */
  public static final int ALL_FRAMES = Integer.MAX_VALUE;

  /** Keeps the map from being changed; smallest window first. */
  public LocalityRow {
    measured = Collections.unmodifiableMap(new TreeMap<>(measured));
  }

  /** Whether the two gradients point away from each other: the cosine as printed is negative. */
  boolean pullsAgainst() {
    return VideoCosine.pullsAgainst(cosine);
  }
}
