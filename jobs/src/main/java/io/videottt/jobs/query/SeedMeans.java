package io.videottt.jobs.query;

import io.videottt.reports.Repetitions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The mean of a value over repetitions: the seeds of a trained model are averaged first, then the
 * trained models, so that each model counts the same however many seeds it ran with.
 */
final class SeedMeans {

  private final Map<Long, Map<Long, Double>> values = new TreeMap<>();

  /** Adds a repetition's value; where it is not defined, the repetition does not count. */
  void add(Repetition repetition, double value) {
    if (!Double.isNaN(value)) {
      values
          .computeIfAbsent(repetition.trainingSeed(), seed -> new TreeMap<>())
          .put(repetition.seed(), value);
    }
  }

  /** The mean, NaN where no repetition has a value. */
  double mean() {
    return mean(means());
  }

  /** How many repetitions there are and how far they lie apart. */
  Repetitions repetitions() {
    int seeds = values.values().stream().mapToInt(Map::size).max().orElse(0);
    List<Double> variances =
        values.values().stream()
            .filter(ofModel -> ofModel.size() > 1)
            .map(ofModel -> variance(ofModel.values()))
            .toList();
    return new Repetitions(
        seeds,
        values.size(),
        variances.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(mean(variances))),
        values.size() > 1
            ? OptionalDouble.of(Math.sqrt(variance(means())))
            : OptionalDouble.empty());
  }

  private List<Double> means() {
    return values.values().stream().map(ofModel -> mean(ofModel.values())).toList();
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Unbiased: divided by one less than the number of values. */
  private static double variance(Collection<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return squares / (values.size() - 1);
  }
}
