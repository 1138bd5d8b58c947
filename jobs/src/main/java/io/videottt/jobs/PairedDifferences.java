package io.videottt.jobs;

import io.videottt.metrics.BlockBootstrap;
import io.videottt.metrics.ConfidenceInterval;
import io.videottt.metrics.ResampledSums;
import io.videottt.reports.Difference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Differences to the fixed model with 95 % intervals, from paired frames. Each trained model is
 * compared with itself, fixed; a frame's difference is the mean over the seeds of a model, then
 * over models. Rows of {@link MetricsQueries#videos} come in their order, so only one video's
 * values are in memory at a time.
 */
final class PairedDifferences {

  /** Fixed, so that a report says the same every time. */
  private static final long SEED = 20_250_101L;

  private final BlockBootstrap bootstrap = BlockBootstrap.standard(SEED);
  private final Map<ResultKey, ResampledSums> sums = new HashMap<>();
  private final Map<ResultKey, Map<String, Difference>> perVideo = new HashMap<>();

  private final Map<ResultKey, FrameMeans> gains = new LinkedHashMap<>();
  private final Map<ResultKey, FrameMeans> gainsOfModel = new LinkedHashMap<>();
  private FrameMeans fixed = new FrameMeans();
  private Place place;
  private int video;

  /** What is compared with one another: everything but method, settings and seed is equal. */
  private record Place(ResultKey set, String video, long trainingSeed) {

    static Place of(Row row) {
      ResultKey key = ResultKey.of(row);
      return new Place(
          new ResultKey(key.dataset(), key.split(), key.task(), key.model(), "", ""),
          row.getAs(MetricsQueries.VIDEO),
          row.<Long>getAs(MetricsSchema.TRAINING_SEED));
    }

    boolean sameVideo(Place other) {
      return set.equals(other.set) && video.equals(other.video);
    }
  }

  private final Predicate<ResultKey> baseline;

  private PairedDifferences(Predicate<ResultKey> baseline) {
    this.baseline = baseline;
  }

  /** Nothing yet, to be compared with the fixed model. */
  static PairedDifferences toFixed() {
    return new PairedDifferences(
        key -> key.method().equals(MetricsQueries.FIXED.id()) && key.variant().isEmpty());
  }

  /**
   * Computes the differences to another result.
   *
   * @param videos rows of {@link MetricsQueries#videos} in their order, those of the baseline first
   * @param baseline what to compare with
   */
  static PairedDifferences of(Dataset<Row> videos, Predicate<ResultKey> baseline) {
    PairedDifferences differences = new PairedDifferences(baseline);
    videos.toLocalIterator().forEachRemaining(differences::add);
    differences.end();
    return differences;
  }

  /** The difference over all frames; empty for the fixed model and where it was not run. */
  Optional<Difference> of(ResultKey key) {
    return Optional.ofNullable(sums.get(key))
        .flatMap(bootstrap::mean)
        .map(PairedDifferences::difference);
  }

  /** The differences on single videos. */
  Map<String, Difference> perVideo(ResultKey key) {
    return perVideo.getOrDefault(key, Map.of());
  }

  /** Takes the next row; one without values says nothing. */
  void add(Row row) {
    List<Row> frames = row.getList(row.fieldIndex(MetricsQueries.VALUES));
    if (frames.isEmpty()) {
      return;
    }
    Place next = Place.of(row);
    if (!next.equals(place)) {
      finishModel();
      if (place != null && !next.sameVideo(place)) {
        finishVideo();
        video = next.set().equals(place.set()) ? video + 1 : 0;
      }
      place = next;
      fixed = new FrameMeans();
    }
    ResultKey key = ResultKey.of(row);
    if (baseline.test(key)) {
      frames.forEach(frame -> fixed.add(index(frame), quality(frame)));
      return;
    }
    FrameMeans gain = gainsOfModel.computeIfAbsent(key, k -> new FrameMeans());
    for (Row frame : frames) {
      int index = index(frame);
      if (fixed.defined(index)) {
        gain.add(index, quality(frame) - fixed.mean(index));
      }
    }
  }

  /** There is no further row. */
  void end() {
    finishModel();
    finishVideo();
  }

  private static int index(Row frame) {
    return frame.getInt(0);
  }

  private static double quality(Row frame) {
    return frame.getDouble(1);
  }

  private void finishModel() {
    gainsOfModel.forEach(
        (key, gain) -> gain.addMeansTo(gains.computeIfAbsent(key, k -> new FrameMeans())));
    gainsOfModel.clear();
  }

  private void finishVideo() {
    int number = video;
    // Every result draws for itself; what is summed here is summed in the results' order.
    List<Map.Entry<ResultKey, ResampledSums>> resampled =
        gains.entrySet().parallelStream()
            .map(
                gain ->
                    Map.entry(gain.getKey(), bootstrap.resample(gain.getValue().defined(), number)))
            .toList();
    for (Map.Entry<ResultKey, ResampledSums> entry : resampled) {
      ResultKey key = entry.getKey();
      sums.computeIfAbsent(key, k -> bootstrap.empty()).add(entry.getValue());
      bootstrap
          .mean(entry.getValue())
          .ifPresent(
              interval ->
                  perVideo
                      .computeIfAbsent(key, k -> new HashMap<>())
                      .put(place.video(), difference(interval)));
    }
    gains.clear();
  }

  private static Difference difference(ConfidenceInterval interval) {
    return new Difference(interval.estimate(), interval.lower(), interval.upper());
  }
}
