package io.videottt.adaptation;

import io.videottt.metrics.InvalidInputException;
import io.videottt.model.FeaturePyramidConfiguration;
import io.videottt.model.ModelConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Weights that lift rare classes in the main task's loss. */
final class ClassWeights {

  /** So that a class of a handful of pixels does not drown the others. */
  private static final double LARGEST_WEIGHT = 10;

  private ClassWeights() {}

  /**
   * The configuration with class weights of one over the square root of the class's share, mean 1
   * over the classes that occur, at most 10; a class that never occurs has weight 1.
   *
   * @param histogram pixels of each class in the training labels
   */
  static ModelConfiguration inverseSquareRoot(ModelConfiguration configuration, long[] histogram) {
    if (!(configuration instanceof FeaturePyramidConfiguration pyramid)) {
      throw new InvalidInputException(
          "classWeighting works with %s only; set it to none"
              .formatted(FeaturePyramidConfiguration.MODEL_TYPE));
    }
    return new FeaturePyramidConfiguration(
        pyramid.modelType(),
        pyramid.numLabels(),
        pyramid.encoder(),
        pyramid.pyramid(),
        new FeaturePyramidConfiguration.Loss(weights(histogram), pyramid.loss().resolution()));
  }

  private static List<Double> weights(long[] histogram) {
    double mean =
        Arrays.stream(histogram)
            .filter(count -> count > 0)
            .mapToDouble(ClassWeights::rarity)
            .average()
            .orElse(1);
    List<Double> weights = new ArrayList<>();
    for (long count : histogram) {
      weights.add(count == 0 ? 1 : Math.min(LARGEST_WEIGHT, rarity(count) / mean));
    }
    return weights;
  }

  private static double rarity(long count) {
    return 1 / Math.sqrt(count);
  }
}
