package io.videottt.jobs.query;

import io.videottt.jobs.results.MetricsSchema;
import io.videottt.metrics.FeatureMoments;
import io.videottt.metrics.FrechetDistance;
import io.videottt.metrics.InceptionScore;
import io.videottt.reports.PerceptualMetric;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One pass over the features of all frames of a repetition, in the order of videos (by id) and
 * frames, so that its numbers do not depend on how Spark has cut them: an executor remembers their
 * moments and nothing else.
 */
final class FeaturePass {

  private static final int FEWEST = 2;

  private FeaturePass() {}

  /**
   * What identifies a repetition, as values of its columns.
   *
   * @param values in the order of {@link FrameQueries#REPETITION}
   */
  record Key(List<Object> values) implements Serializable {

    static Key of(Row row) {
      List<Object> values = new ArrayList<>();
      for (String column : FrameQueries.REPETITION) {
        values.add(row.get(row.fieldIndex(column)));
      }
      return new Key(values);
    }
  }

  /**
   * What a repetition has come to.
   *
   * @param row one of its rows
   * @param metrics what could be computed
   * @param reasons why the rest could not
   */
  record Result(
      Row row, Map<PerceptualMetric, Double> metrics, Map<PerceptualMetric, String> reasons)
      implements Serializable {}

  /**
   * Passes over the frames.
   *
   * @param frames with their features
   * @param whole the repetitions that all frames have features of, with their numbers of frames
   */
  static List<Result> over(Dataset<Row> frames, Map<Key, Long> whole) {
    Column[] keys = FrameQueries.columns(FrameQueries.REPETITION);
    Column[] order =
        FrameQueries.columns(
            FrameQueries.with(
                FrameQueries.REPETITION, MetricsSchema.VIDEO, MetricsSchema.FRAME_INDEX));
    Map<Key, Long> counts = new HashMap<>(whole);
    return frames
        .repartition(whole.size(), keys)
        .sortWithinPartitions(order)
        .toJavaRDD()
        .mapPartitions(rows -> results(rows, counts))
        .collect();
  }

  private static Iterator<Result> results(Iterator<Row> rows, Map<Key, Long> counts) {
    List<Result> results = new ArrayList<>();
    Pass pass = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      Key key = Key.of(row);
      if (!counts.containsKey(key)) {
        continue;
      }
      if (pass == null || !pass.key.equals(key)) {
        if (pass != null) {
          results.add(pass.result());
        }
        pass = new Pass(key, row, counts.get(key));
      }
      pass.add(row);
    }
    if (pass != null) {
      results.add(pass.result());
    }
    return results.iterator();
  }

  /** The frames of a repetition going by. */
  private static final class Pass {

    private final Key key;
    private final Row first;
    private final FeatureMoments truth;
    private final FeatureMoments prediction;
    private final InceptionScore.Images score;

    Pass(Key key, Row first, long frames) {
      this.key = key;
      this.first = first;
      this.truth = new FeatureMoments(floats(first, MetricsSchema.INCEPTION_TRUTH).length);
      this.prediction = new FeatureMoments(floats(first, MetricsSchema.INCEPTION_FEATURES).length);
      this.score =
          new InceptionScore.Images(
              frames, floats(first, MetricsSchema.INCEPTION_PROBABILITIES).length);
    }

    void add(Row row) {
      truth.add(floats(row, MetricsSchema.INCEPTION_TRUTH));
      prediction.add(floats(row, MetricsSchema.INCEPTION_FEATURES));
      score.add(floats(row, MetricsSchema.INCEPTION_PROBABILITIES));
    }

    Result result() {
      Map<PerceptualMetric, Double> metrics = new EnumMap<>(PerceptualMetric.class);
      Map<PerceptualMetric, String> reasons = new EnumMap<>(PerceptualMetric.class);
      if (truth.count() < FEWEST) {
        reasons.put(PerceptualMetric.FID, "a single frame has no covariance");
      } else {
        metrics.put(PerceptualMetric.FID, FrechetDistance.between(truth, prediction));
      }
      Optional<InceptionScore> own = score.score();
      if (own.isPresent()) {
        metrics.put(PerceptualMetric.INCEPTION_SCORE, own.get().mean());
        metrics.put(PerceptualMetric.INCEPTION_DEVIATION, own.get().deviation());
      } else {
        reasons.put(
            PerceptualMetric.INCEPTION_SCORE,
            "there are fewer frames than the %d runs of its definition"
                .formatted(InceptionScore.PARTS));
      }
      return new Result(first, metrics, reasons);
    }

    private static float[] floats(Row row, String column) {
      List<Float> values = row.getList(row.fieldIndex(column));
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values.get(i);
      }
      return floats;
    }
  }
}
