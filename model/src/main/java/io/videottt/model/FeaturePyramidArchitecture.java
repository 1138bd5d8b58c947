package io.videottt.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters of the lighter architecture; those of its encoder under Swin's names. */
final class FeaturePyramidArchitecture implements Architecture {

  private final FeaturePyramidConfiguration configuration;

  FeaturePyramidArchitecture(FeaturePyramidConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public List<ParameterDefinition> mainParameters() {
    Map<String, Shape> encoder = new LinkedHashMap<>();
    HybridEncoder.declare(encoder, configuration.encoder());
    Map<String, Shape> head = new LinkedHashMap<>();
    FeaturePyramid.declare(
        head, FeaturePyramidNetwork.HEAD_PREFIX, configuration, configuration.numLabels());
    return Stream.concat(definitions(encoder, Part.ENCODER), definitions(head, Part.MAIN_HEAD))
        .toList();
  }

  @Override
  public List<ParameterDefinition> reconstructionParameters() {
    Map<String, Shape> decoder = new LinkedHashMap<>();
    FeaturePyramid.declare(
        decoder,
        FeaturePyramidNetwork.RECONSTRUCTION_PREFIX,
        configuration,
        FeaturePyramidNetwork.RECONSTRUCTION_OUTPUTS);
    return definitions(decoder, Part.RECONSTRUCTION).toList();
  }

  @Override
  public boolean tolerates(String name) {
    return false;
  }

  @Override
  public Network network(Parameters parameters, NDManager manager) {
    return new FeaturePyramidNetwork(configuration, parameters, manager);
  }

  private static Stream<ParameterDefinition> definitions(Map<String, Shape> shapes, Part part) {
    return shapes.entrySet().stream()
        .map(shape -> new ParameterDefinition(shape.getKey(), part, shape.getValue()));
  }
}
