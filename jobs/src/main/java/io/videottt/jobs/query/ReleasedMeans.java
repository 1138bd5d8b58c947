package io.videottt.jobs.query;

import io.videottt.base.Task;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.Released;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * One result by the released code's protocol: videos weighted by their annotated frames,
 * repetitions averaged. A frame without value has no part in its video's mean, and a video without
 * value no weight.
 */
public final class ReleasedMeans {

  private final Map<Repetition, Map<String, OfVideo>> repetitions = new HashMap<>();

  private static final class OfVideo {
    private double frames = Double.NaN;
    private double pooled = Double.NaN;
    private long annotated;
    private long defined;
    private long unknown;
  }

  /** Adds a row of {@link FrameQueries#videos}. */
  public void add(Row row) {
    OfVideo video = video(row);
    video.frames = value(row);
    video.annotated = row.<Long>getAs(MetricsSchema.ANNOTATED);
    video.defined = row.<Long>getAs(ReleasedQueries.DEFINED);
    video.unknown = row.<Long>getAs(ReleasedQueries.UNKNOWN);
  }

  /** Adds a row of {@link ReleasedQueries#videos}. */
  public void addPooled(Row row) {
    video(row).pooled = value(row);
  }

  private OfVideo video(Row row) {
    return repetitions
        .computeIfAbsent(Repetition.of(row), repetition -> new TreeMap<>())
        .computeIfAbsent(row.getAs(MetricsSchema.VIDEO), id -> new OfVideo());
  }

  private static double value(Row row) {
    Double value = row.getAs(ReleasedQueries.RELEASED);
    return value == null ? Double.NaN : value;
  }

  /** The result over all videos. */
  public Released of(Task task) {
    if (!Released.hasPerFrame(task)) {
      return Released.NONE;
    }
    long unknown = 0;
    long undefined = 0;
    SeedMeans perFrame = new SeedMeans();
    SeedMeans perVideo = new SeedMeans();
    for (Map.Entry<Repetition, Map<String, OfVideo>> repetition : repetitions.entrySet()) {
      double[] sums = new double[2];
      double[] weights = new double[2];
      long undefinedHere = 0;
      for (OfVideo video : repetition.getValue().values()) {
        unknown += video.unknown;
        undefinedHere += video.annotated - video.defined - video.unknown;
        add(video.frames, video.annotated, 0, sums, weights);
        boolean empty = Double.isNaN(video.pooled) && video.annotated > 0;
        // Of a video without any segment the release says 0.
        double pooled = empty && task == Task.PANOPTIC ? 0 : video.pooled;
        add(pooled, video.annotated, 1, sums, weights);
      }
      undefined = Math.max(undefined, undefinedHere);
      perFrame.add(repetition.getKey(), sums[0] / weights[0]);
      perVideo.add(repetition.getKey(), sums[1] / weights[1]);
    }
    return unknown > 0
        ? Released.unknown(unknown)
        : new Released(
            Released.defined(perFrame.mean()),
            Released.hasPerVideo(task) ? Released.defined(perVideo.mean()) : OptionalDouble.empty(),
            undefined,
            0);
  }

  private static void add(double value, long weight, int place, double[] sums, double[] weights) {
    if (!Double.isNaN(value)) {
      sums[place] += value * weight;
      weights[place] += weight;
    }
  }

  /** The mean over the frames of a video; empty where it is not known or not defined. */
  OptionalDouble ofVideo(String id) {
    SeedMeans means = new SeedMeans();
    for (Map.Entry<Repetition, Map<String, OfVideo>> repetition : repetitions.entrySet()) {
      OfVideo video = repetition.getValue().get(id);
      if (video != null) {
        if (video.unknown > 0) {
          return OptionalDouble.empty();
        }
        means.add(repetition.getKey(), video.frames);
      }
    }
    return Released.defined(means.mean());
  }
}
