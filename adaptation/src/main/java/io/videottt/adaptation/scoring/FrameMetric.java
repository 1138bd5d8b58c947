package io.videottt.adaptation.scoring;

import io.videottt.adaptation.inference.TaskPrediction;
import io.videottt.catalog.video.Frame;
import java.util.OptionalDouble;

/**
 * A number that a jar beside this project adds to the row of every frame. Metrics are services: a
 * jar that names a class with a public constructor without arguments in {@code
 * META-INF/services/io.videottt.adaptation.scoring.FrameMetric} adds its column to every results
 * file and its mean to the report; docs/extending.md shows one.
 *
 * <p>A metric has no state: frames of different videos are measured by several threads at once, and
 * a frame may be measured again after a checkpoint.
 */
public interface FrameMetric {

  /**
   * Name of the column behind {@value FrameMetrics#PREFIX}: lower case, digits and underscores, at
   * most 40 characters.
   */
  String name();

  /** Heading in tables, with its unit. */
  String title();

  /** What it is and where it is not defined, a sentence for the notes below tables. */
  String description();

  /**
   * The metric of one prediction.
   *
   * @param frame with its ground truth, which is {@link io.videottt.catalog.video.GroundTruth#none}
   *     where it is not annotated
   * @param prediction of one task
   * @return empty where the metric is not defined, for example for other tasks
   */
  OptionalDouble of(Frame frame, TaskPrediction prediction);
}
