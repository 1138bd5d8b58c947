package io.videottt.model.pyramid;

import ai.djl.ndarray.NDManager;
import io.videottt.model.Architecture;
import io.videottt.model.InputPadding;
import io.videottt.model.Network;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.ParameterDefinitions;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import java.util.List;
import java.util.stream.Stream;

/** The parameters of the lighter architecture; those of its encoder under Swin's names. */
final class FeaturePyramidArchitecture implements Architecture {

  private final FeaturePyramidConfiguration configuration;

  FeaturePyramidArchitecture(FeaturePyramidConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public List<ParameterDefinition> mainParameters() {
    ParameterDefinitions encoder = new ParameterDefinitions(Part.ENCODER);
    HybridEncoder.declare(encoder, configuration.encoder());
    ParameterDefinitions head = new ParameterDefinitions(Part.MAIN_HEAD);
    FeaturePyramid.declare(
        head, FeaturePyramidNetwork.HEAD_PREFIX, configuration, configuration.headOutputs());
    return Stream.concat(encoder.list().stream(), head.list().stream()).toList();
  }

  @Override
  public List<ParameterDefinition> reconstructionParameters() {
    ParameterDefinitions decoder = new ParameterDefinitions(Part.RECONSTRUCTION);
    FeaturePyramid.declare(
        decoder,
        FeaturePyramidNetwork.RECONSTRUCTION_PREFIX,
        configuration,
        FeaturePyramidNetwork.RECONSTRUCTION_OUTPUTS);
    return decoder.list();
  }

  @Override
  public InputPadding padding() {
    return InputPadding.NONE;
  }

  @Override
  public boolean tolerates(String name) {
    return false;
  }

  @Override
  public Network network(Parameters parameters, NDManager manager) {
    return new FeaturePyramidNetwork(configuration, parameters, manager);
  }
}
