package io.videottt.model.pyramid;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.model.ArchitectureType;
import io.videottt.model.ModelConfiguration;

/** A feature pyramid that scores every pixel, for semantic segmentation. */
public final class FeaturePyramidType implements ArchitectureType {

  @Override
  public String modelType() {
    return FeaturePyramidConfiguration.MODEL_TYPE;
  }

  @Override
  public ModelConfiguration parse(JsonNode json, String source) {
    return FeaturePyramidConfiguration.parse(json, source);
  }
}
