package io.videottt.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of one video's frames, repeated with several trained models and with several seeds of
 * each.
 *
 * <p>A frame's value is the mean over the models of the means over their seeds. How far the seeds
 * lie apart is kept beside it: the mean over a few seeds is itself uncertain, and an interval from
 * frames alone is too narrow. As in the rescaled bootstrap (Rao and Wu, 1988), the deviations are
 * widened by sqrt(S / (S - 1)), so that drawing S of S seeds varies as much as S new ones would.
 */
public final class RepeatedFrames {

  private final double[] means;
  private final List<List<double[]>> deviations;

  /** [frames] means; by model and seed [frames] what the seed adds to them. */
  private RepeatedFrames(double[] means, List<List<double[]>> deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * Values that were not repeated.
   *
   * @param frames in temporal order, NaN where undefined
   */
  public static RepeatedFrames of(double[] frames) {
    return ofModels(List.of(List.of(frames)));
  }

  /**
   * Values of repetitions.
   *
   * @param models for each trained model and each of its seeds the values of the frames in temporal
   *     order, NaN where undefined; missing ones at the end are undefined
   */
  public static RepeatedFrames ofModels(List<List<double[]>> models) {
    int length =
        models.stream().flatMap(List::stream).mapToInt(frames -> frames.length).max().orElse(0);
    double[] sums = new double[length];
    int[] counts = new int[length];
    List<double[]> modelMeans = new ArrayList<>();
    for (List<double[]> seeds : models) {
      double[] ofModel = means(seeds, length);
      modelMeans.add(ofModel);
      for (int frame = 0; frame < length; frame++) {
        if (!Double.isNaN(ofModel[frame])) {
          sums[frame] += ofModel[frame];
          counts[frame]++;
        }
      }
    }
    double[] means = new double[length];
    Arrays.setAll(means, frame -> sums[frame] / counts[frame]);
    List<List<double[]>> deviations = new ArrayList<>();
    for (int model = 0; model < models.size(); model++) {
      List<double[]> seeds = models.get(model);
      if (seeds.size() > 1) {
        double[] ofModel = modelMeans.get(model);
        deviations.add(
            seeds.stream().map(seed -> deviations(seed, seeds.size(), ofModel, counts)).toList());
      }
    }
    return new RepeatedFrames(means, deviations);
  }

  private static double[] means(List<double[]> seeds, int length) {
    double[] means = new double[length];
    for (int frame = 0; frame < length; frame++) {
      double sum = 0;
      int count = 0;
      for (double[] seed : seeds) {
        if (frame < seed.length && !Double.isNaN(seed[frame])) {
          sum += seed[frame];
          count++;
        }
      }
      means[frame] = sum / count;
    }
    return means;
  }

  /** What a seed adds, in the mean over all models; nothing where it has no value. */
  private static double[] deviations(
      double[] seed, int seeds, double[] ofModel, int[] modelsOfFrame) {
    double wider = Math.sqrt(seeds / (seeds - 1.0));
    double[] deviations = new double[ofModel.length];
    for (int frame = 0; frame < seed.length; frame++) {
      if (!Double.isNaN(seed[frame])) {
        deviations[frame] = wider * (seed[frame] - ofModel[frame]) / modelsOfFrame[frame];
      }
    }
    return deviations;
  }

  /** [frames] Means over the repetitions, NaN where no repetition has a value. */
  double[] means() {
    return means;
  }

  /** By model of several seeds and by seed: [frames] what the seed adds to the means. */
  List<List<double[]>> deviations() {
    return deviations;
  }

  /** The frames that have a value, in temporal order. */
  public RepeatedFrames defined() {
    int[] places =
        IntStream.range(0, means.length).filter(frame -> !Double.isNaN(means[frame])).toArray();
    return new RepeatedFrames(
        at(places, means),
        deviations.stream()
            .map(seeds -> seeds.stream().map(seed -> at(places, seed)).toList())
            .toList());
  }

  private static double[] at(int[] places, double[] values) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }

  /** Whether no frame has a value. */
  public boolean isEmpty() {
    return Arrays.stream(means).allMatch(Double::isNaN);
  }
}
