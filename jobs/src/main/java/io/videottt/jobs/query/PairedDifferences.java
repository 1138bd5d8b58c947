package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.metrics.BlockBootstrap;
import io.videottt.metrics.RepeatedFrames;
import io.videottt.metrics.ResampledSums;
import io.videottt.reports.Difference;
import java.util.ArrayList;
import java.util.Arrays;
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
 * over models. Intervals draw seeds with the frames, and speak of the models as they are. Rows of
 * {@link FrameQueries#videos} come in their order, so only one video's values are in memory at a
 * time.
 */
public final class PairedDifferences {

  /** Fixed, so that a report says the same every time. */
  private static final long SEED = 20_250_101L;

  private final BlockBootstrap bootstrap = BlockBootstrap.standard(SEED);
  private final Map<ResultKey, Sums> sums = new HashMap<>();
  private final Map<ResultKey, Map<String, Difference>> perVideo = new HashMap<>();

  private final Map<ResultKey, Gains> gains = new LinkedHashMap<>();
  private final Map<ResultKey, List<double[]>> gainsOfModel = new LinkedHashMap<>();
  private FrameMeans fixed = new FrameMeans();
  private Place place;
  private int video;

  /** What is compared with one another: everything but method, settings and seed is equal. */
  private record Place(ResultKey set, String video, long trainingSeed) {

    static Place of(Row row) {
      ResultKey key = ResultKey.of(row);
      return new Place(
          new ResultKey(key.dataset(), key.split(), key.task(), key.model(), "", ""),
          row.getAs(MetricsSchema.VIDEO),
          row.<Long>getAs(MetricsSchema.TRAINING_SEED));
    }

    boolean sameVideo(Place other) {
      return set.equals(other.set) && video.equals(other.video);
    }
  }

  /**
   * What a result gains in the frames of one video.
   *
   * @param models by trained model and seed; NaN where one of both has no value
   * @param baseline what it is compared with in the frames of {@code models}
   */
  private record Gains(List<List<double[]>> models, FrameMeans baseline) {

    static Gains none() {
      return new Gains(new ArrayList<>(), new FrameMeans());
    }

    void add(List<double[]> seeds, FrameMeans fixed) {
      models.add(seeds);
      int length = seeds.stream().mapToInt(seed -> seed.length).max().orElse(0);
      for (int i = 0; i < length; i++) {
        int frame = i;
        if (seeds.stream().anyMatch(seed -> frame < seed.length && !Double.isNaN(seed[frame]))) {
          baseline.add(frame, fixed.mean(frame));
        }
      }
    }
  }

  /** The gains of one or more videos, resampled, and what the baseline has in their frames. */
  private record Sums(ResampledSums gains, double baseline, long frames) {

    Sums plus(Sums other) {
      gains.add(other.gains);
      return new Sums(gains, baseline + other.baseline, frames + other.frames);
    }
  }

  private final Predicate<ResultKey> baseline;

  private PairedDifferences(Predicate<ResultKey> baseline) {
    this.baseline = baseline;
  }

  /** Nothing yet, to be compared with the fixed model. */
  public static PairedDifferences toFixed() {
    return new PairedDifferences(
        key -> key.method().equals(FrameQueries.FIXED.id()) && key.variant().isEmpty());
  }

  /**
   * Computes the differences to another result.
   *
   * @param videos rows of {@link FrameQueries#videos} in their order, those of the baseline first
   * @param baseline what to compare with
   */
  public static PairedDifferences of(Dataset<Row> videos, Predicate<ResultKey> baseline) {
    PairedDifferences differences = new PairedDifferences(baseline);
    videos.toLocalIterator().forEachRemaining(differences::add);
    differences.end();
    return differences;
  }

  /** The difference over all frames; empty for the fixed model and where it was not run. */
  public Optional<Difference> of(ResultKey key) {
    return Optional.ofNullable(sums.get(key)).flatMap(this::difference);
  }

  /** The differences on single videos. */
  public Map<String, Difference> perVideo(ResultKey key) {
    return perVideo.getOrDefault(key, Map.of());
  }

  /** Takes the next row; one without values says nothing. */
  public void add(Row row) {
    List<Row> frames = row.getList(row.fieldIndex(FrameQueries.VALUES));
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
    double[] gain = new double[FrameMeans.requireIndex(index(frames.get(frames.size() - 1))) + 1];
    Arrays.fill(gain, Double.NaN);
    boolean compared = false;
    for (Row frame : frames) {
      int index = index(frame);
      if (fixed.defined(index)) {
        gain[index] = quality(frame) - fixed.mean(index);
        compared = true;
      }
    }
    if (compared) {
      gainsOfModel.computeIfAbsent(key, k -> new ArrayList<>()).add(gain);
    }
  }

  /** There is no further row. */
  public void end() {
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
        (key, seeds) -> gains.computeIfAbsent(key, k -> Gains.none()).add(seeds, fixed));
    gainsOfModel.clear();
  }

  private void finishVideo() {
    int number = video;
    // Every result draws for itself; what is summed here is summed in the results' order.
    List<Map.Entry<ResultKey, Sums>> resampled =
        gains.entrySet().parallelStream()
            .map(gain -> Map.entry(gain.getKey(), resample(gain.getValue(), number)))
            .toList();
    for (Map.Entry<ResultKey, Sums> entry : resampled) {
      ResultKey key = entry.getKey();
      difference(entry.getValue())
          .ifPresent(
              difference ->
                  perVideo
                      .computeIfAbsent(key, k -> new HashMap<>())
                      .put(place.video(), difference));
      sums.merge(key, entry.getValue(), Sums::plus);
    }
    gains.clear();
  }

  private Sums resample(Gains gain, int number) {
    double[] before = gain.baseline().defined();
    return new Sums(
        bootstrap.resample(RepeatedFrames.ofModels(gain.models()).defined(), number),
        Arrays.stream(before).sum(),
        before.length);
  }

  private Optional<Difference> difference(Sums of) {
    return bootstrap
        .mean(of.gains())
        .map(
            estimate ->
                new Difference(
                    estimate.value(),
                    estimate.sameVideos(),
                    estimate.newVideos(),
                    of.frames(),
                    of.baseline() / of.frames()));
  }
}
