package io.videottt.adaptation.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.io.config.SettingsReader;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import java.util.Arrays;

/** Weights that lift rare classes in the main task's loss. */
final class ClassWeights {

  /** So that a class of a handful of pixels does not drown the others. */
  private static final double LARGEST_WEIGHT = 10;

  private static final String KEY = "class_weights";

  private ClassWeights() {}

  /**
   * The configuration with class weights of one over the square root of the class's share, mean 1
   * over the classes that occur, at most 10; a class that never occurs has weight 1.
   *
   * @param histogram pixels of each class in the training labels
   */
  static ModelConfiguration inverseSquareRoot(ModelConfiguration configuration, long[] histogram) {
    try {
      ObjectNode root = (ObjectNode) SettingsReader.MAPPER.readTree(configuration.toJson());
      // Where each architecture's config.json keeps what concerns its training loss.
      String block = configuration instanceof FeaturePyramidConfiguration ? "loss" : "videottt";
      ArrayNode weights = root.withObject("/" + block).putArray(KEY);
      for (double weight : weights(histogram)) {
        weights.add(weight);
      }
      return ModelConfiguration.parse(root.toString(), "config.json with " + KEY);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a configuration writes valid JSON", impossible);
    }
  }

  static double[] weights(long[] histogram) {
    double mean =
        Arrays.stream(histogram)
            .filter(count -> count > 0)
            .mapToDouble(ClassWeights::rarity)
            .average()
            .orElse(1);
    return Arrays.stream(histogram)
        .mapToDouble(count -> count == 0 ? 1 : Math.min(LARGEST_WEIGHT, rarity(count) / mean))
        .toArray();
  }

  private static double rarity(long count) {
    return 1 / Math.sqrt(count);
  }
}
