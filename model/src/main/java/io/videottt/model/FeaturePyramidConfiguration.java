package io.videottt.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Sizes of the lighter architecture.
 *
 * @param classCount number of classes
 */
public record FeaturePyramidConfiguration(int classCount) implements ModelConfiguration {

  static final String MODEL_TYPE = "videottt_feature_pyramid";

  static FeaturePyramidConfiguration parse(JsonNode node, String source) {
    ConfigurationReader reader = new ConfigurationReader(node, source);
    return new FeaturePyramidConfiguration(reader.integer("class_count", 2, 1, 100_000));
  }

  @Override
  public String toJson() {
    return "{\"model_type\": \"" + MODEL_TYPE + "\", \"class_count\": " + classCount + "}";
  }
}
