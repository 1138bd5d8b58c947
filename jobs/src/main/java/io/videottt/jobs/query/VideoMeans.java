package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.Difference;
import io.videottt.reports.Repetitions;
import io.videottt.reports.SecondsPerFrame;
import io.videottt.reports.VideoResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * The frame means of one result: per video, and over videos weighted by their number of frames. A
 * video without any defined frame has no weight.
 */
public final class VideoMeans {

  private final Map<String, OfVideo> videos = new TreeMap<>();
  private final Map<Repetition, OfRepetition> repetitions = new HashMap<>();
  private final double[] seconds = new double[4];
  private long timedFrames;

  private static final class OfVideo {
    private final SeedMeans means = new SeedMeans();
    private long frames;
    private long evaluated;
  }

  private static final class OfRepetition {
    private double weightedSum;
    private double weight;
    private long evaluated;
  }

  /** Adds a row of {@link FrameQueries#videos}. */
  public void add(Row row) {
    Repetition repetition = Repetition.of(row);
    double mean = number(row, FrameQueries.VIDEO_MEAN);
    long frames = row.<Long>getAs(FrameQueries.FRAMES);
    long evaluated = row.<Long>getAs(FrameQueries.EVALUATED);
    OfVideo video = videos.computeIfAbsent(row.getAs(MetricsSchema.VIDEO), id -> new OfVideo());
    video.means.add(repetition, mean);
    video.frames = Math.max(video.frames, frames);
    video.evaluated = Math.max(video.evaluated, evaluated);
    OfRepetition all = repetitions.computeIfAbsent(repetition, r -> new OfRepetition());
    all.evaluated += evaluated;
    if (!Double.isNaN(mean)) {
      all.weightedSum += mean * frames;
      all.weight += frames;
    }
    seconds[0] += number(row, MetricsSchema.SECONDS_LOAD);
    seconds[1] += number(row, MetricsSchema.SECONDS_ADAPT);
    seconds[2] += number(row, MetricsSchema.SECONDS_PREDICT);
    seconds[3] += number(row, MetricsSchema.SECONDS_EVALUATE);
    timedFrames += frames;
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }

  public int videos() {
    return videos.size();
  }

  /** Frames where the metric is defined, of the repetition that has most. */
  public long evaluatedFrames() {
    return repetitions.values().stream().mapToLong(all -> all.evaluated).max().orElse(0);
  }

  public double frameMean() {
    return frameMeans().mean();
  }

  public Repetitions repetitions() {
    return frameMeans().repetitions();
  }

  private SeedMeans frameMeans() {
    SeedMeans means = new SeedMeans();
    repetitions.forEach((repetition, all) -> means.add(repetition, all.weightedSum / all.weight));
    return means;
  }

  /**
   * Seconds per frame.
   *
   * @param medians of the same frames
   */
  public SecondsPerFrame seconds(SecondsPerFrame.Medians medians) {
    return new SecondsPerFrame(
        seconds[0] / timedFrames,
        seconds[1] / timedFrames,
        seconds[2] / timedFrames,
        seconds[3] / timedFrames,
        medians);
  }

  /**
   * Every video's own result.
   *
   * @param differences to the fixed model, by video
   * @param released the same result by the released code's protocol
   */
  public List<VideoResult> perVideo(Map<String, Difference> differences, ReleasedMeans released) {
    List<VideoResult> results = new ArrayList<>();
    videos.forEach(
        (id, video) ->
            results.add(
                new VideoResult(
                    id,
                    video.frames,
                    video.evaluated,
                    video.means.mean(),
                    released.ofVideo(id),
                    Optional.ofNullable(differences.get(id)))));
    return results;
  }
}
