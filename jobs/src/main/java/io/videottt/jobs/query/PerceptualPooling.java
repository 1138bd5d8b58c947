package io.videottt.jobs.query;

import static io.videottt.jobs.query.FrameQueries.columns;
import static io.videottt.jobs.query.FrameQueries.with;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;

import io.videottt.base.Task;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.PerceptualMetric;
import io.videottt.reports.PerceptualResult;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What feature networks say of predicted colours, over all frames of a repetition, then the mean
 * over the repetitions. A metric needs all of a result's frames, seen by one network, which is that
 * of the other results of the same evaluation set: else it is not comparable, and a reason stands
 * in its place.
 *
 * <p>The moments of features ({@link FeaturePass}) are the one thing in a report that Spark's own
 * functions do not compute; nothing of it runs where there are no features.
 */
public final class PerceptualPooling {

  private static final String FRAMES = "frames";
  private static final String SEEN = "_seen";
  private static final String NETWORKS = "_networks";

  private PerceptualPooling() {}

  /** How many frames of a repetition networks have seen, and which networks. */
  private record Seen(ResultKey key, Repetition repetition, Row row) {

    static Seen of(Row row) {
      return new Seen(ResultKey.of(row), Repetition.of(row), row);
    }

    Set<String> networks(String column) {
      return new TreeSet<>(row.getList(row.fieldIndex(column + NETWORKS)));
    }

    /** Why the repetition has no value of a network's metrics; empty where it has. */
    Optional<String> reason(String column, String option, Set<String> ofSet) {
      long frames = row.<Long>getAs(FRAMES);
      long seen = row.<Long>getAs(column + SEEN);
      if (seen == 0) {
        return Optional.of("the sweep was given no network (%s)".formatted(option));
      }
      if (seen < frames) {
        return Optional.of(
            "a network has seen %d of %d frames; compute the units again, with --force and %s"
                .formatted(seen, frames, option));
      }
      return ofSet.size() == 1
          ? Optional.empty()
          : Optional.of(
              "the results are of %d networks; compute them with one, with --force and %s"
                  .formatted(ofSet.size(), option));
    }
  }

  /**
   * The results of colorization that there are.
   *
   * @param frames as {@link FrameQueries#frames} reads them
   */
  public static Map<ResultKey, PerceptualResult> read(Dataset<Row> frames) {
    Dataset<Row> own =
        frames
            .where(col(MetricsSchema.TASK).equalTo(Task.COLORIZATION.id()))
            .where(col(MetricsSchema.COLOUR_SAMPLES).isNotNull());
    List<Seen> all =
        own
            .groupBy(columns(FrameQueries.REPETITION))
            .agg(
                count(MetricsSchema.COLOUR_SAMPLES).as(FRAMES),
                count(MetricsSchema.INCEPTION_NETWORK).as(MetricsSchema.INCEPTION_NETWORK + SEEN),
                collect_set(MetricsSchema.INCEPTION_NETWORK)
                    .as(MetricsSchema.INCEPTION_NETWORK + NETWORKS),
                count(MetricsSchema.LPIPS_NETWORK).as(MetricsSchema.LPIPS_NETWORK + SEEN),
                collect_set(MetricsSchema.LPIPS_NETWORK).as(MetricsSchema.LPIPS_NETWORK + NETWORKS),
                avg(MetricsSchema.LPIPS).as(MetricsSchema.LPIPS))
            .collectAsList()
            .stream()
            .map(Seen::of)
            .toList();
    Means means = new Means();
    lpips(all, means);
    inception(all, own, means);
    return means.results();
  }

  private static void lpips(List<Seen> all, Means means) {
    Map<EvaluationSet, Set<String>> networks = networks(all, MetricsSchema.LPIPS_NETWORK);
    for (Seen one : all) {
      Optional<String> reason =
          one.reason(MetricsSchema.LPIPS_NETWORK, "--lpips FILE", networks.get(one.key().set()));
      if (reason.isPresent()) {
        means.missing(one.key(), PerceptualMetric.LPIPS, reason.get());
      } else {
        means.add(
            one.key(),
            one.repetition(),
            PerceptualMetric.LPIPS,
            one.row().<Double>getAs(MetricsSchema.LPIPS));
      }
    }
  }

  private static void inception(List<Seen> all, Dataset<Row> own, Means means) {
    Map<EvaluationSet, Set<String>> networks = networks(all, MetricsSchema.INCEPTION_NETWORK);
    Map<FeaturePass.Key, Long> whole = new HashMap<>();
    for (Seen one : all) {
      Optional<String> reason =
          one.reason(
              MetricsSchema.INCEPTION_NETWORK, "--inception FILE", networks.get(one.key().set()));
      if (reason.isPresent()) {
        means.missing(one.key(), PerceptualMetric.FID, reason.get());
        means.missing(one.key(), PerceptualMetric.INCEPTION_SCORE, reason.get());
      } else {
        whole.put(FeaturePass.Key.of(one.row()), one.row().<Long>getAs(FRAMES));
      }
    }
    if (whole.isEmpty()) {
      return;
    }
    for (FeaturePass.Result result : FeaturePass.over(features(own), whole)) {
      ResultKey key = ResultKey.of(result.row());
      Repetition repetition = Repetition.of(result.row());
      result.metrics().forEach((metric, value) -> means.add(key, repetition, metric, value));
      result.reasons().forEach((metric, reason) -> means.missing(key, metric, reason));
    }
  }

  private static Dataset<Row> features(Dataset<Row> own) {
    return own.select(
        columns(
            with(
                FrameQueries.REPETITION,
                MetricsSchema.VIDEO,
                MetricsSchema.FRAME_INDEX,
                MetricsSchema.INCEPTION_TRUTH,
                MetricsSchema.INCEPTION_FEATURES,
                MetricsSchema.INCEPTION_PROBABILITIES)));
  }

  private static Map<EvaluationSet, Set<String>> networks(List<Seen> all, String column) {
    Map<EvaluationSet, Set<String>> networks = new HashMap<>();
    for (Seen one : all) {
      networks
          .computeIfAbsent(one.key().set(), set -> new TreeSet<>())
          .addAll(one.networks(column));
    }
    return networks;
  }

  /** Values and reasons of results, gathered over their repetitions. */
  private static final class Means {

    private final Map<ResultKey, Map<PerceptualMetric, SeedMeans>> values =
        new TreeMap<>(ResultKey.ORDER);
    private final Map<ResultKey, Map<PerceptualMetric, String>> reasons =
        new TreeMap<>(ResultKey.ORDER);

    void add(ResultKey key, Repetition repetition, PerceptualMetric metric, double value) {
      values
          .computeIfAbsent(key, k -> new EnumMap<>(PerceptualMetric.class))
          .computeIfAbsent(metric, m -> new SeedMeans())
          .add(repetition, value);
    }

    void missing(ResultKey key, PerceptualMetric metric, String reason) {
      reasons
          .computeIfAbsent(key, k -> new EnumMap<>(PerceptualMetric.class))
          .putIfAbsent(metric, reason);
    }

    /** A result without one of its repetitions has no value. */
    Map<ResultKey, PerceptualResult> results() {
      Map<ResultKey, PerceptualResult> results = new TreeMap<>(ResultKey.ORDER);
      Set<ResultKey> keys = new TreeSet<>(ResultKey.ORDER);
      keys.addAll(values.keySet());
      keys.addAll(reasons.keySet());
      for (ResultKey key : keys) {
        Map<PerceptualMetric, String> missing = reasons.getOrDefault(key, Map.of());
        Map<PerceptualMetric, Double> means = new EnumMap<>(PerceptualMetric.class);
        values
            .getOrDefault(key, Map.of())
            .forEach(
                (metric, value) -> {
                  if (!missing.containsKey(metric)) {
                    means.put(metric, value.mean());
                  }
                });
        results.put(key, new PerceptualResult(means, missing));
      }
      return results;
    }
  }
}
