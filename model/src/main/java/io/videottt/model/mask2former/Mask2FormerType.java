package io.videottt.model.mask2former;

import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.model.ArchitectureType;
import io.videottt.model.ModelConfiguration;

/** Mask2Former with a Swin encoder, for all three tasks. */
public final class Mask2FormerType implements ArchitectureType {

  @Override
  public String modelType() {
    return Mask2FormerConfiguration.MODEL_TYPE;
  }

  @Override
  public ModelConfiguration parse(JsonNode json, String source) {
    return Mask2FormerConfiguration.parse(json, source);
  }
}
