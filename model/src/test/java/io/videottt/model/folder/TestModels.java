package io.videottt.model.folder;

import ai.djl.ndarray.NDManager;
import io.videottt.model.Architecture;
import io.videottt.model.Initialization;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.Parameters;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Encoder;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Loss;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Pyramid;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Resolution;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small networks with parameters from scratch. */
public final class TestModels {

  private TestModels() {}

  /** A feature pyramid of a few thousand parameters. */
  public static FeaturePyramidConfiguration featurePyramid(int classes, Stem stem, Block early) {
    int heads = early == Block.SWIN ? 2 : 0;
    int window = early == Block.SWIN ? 4 : 0;
    return new FeaturePyramidConfiguration(
        FeaturePyramidConfiguration.MODEL_TYPE,
        classes,
        new Encoder(
            stem,
            8,
            List.of(8, 16, 16, 24),
            List.of(1, 1, 2, 1),
            List.of(early, early, Block.SWIN, Block.SWIN),
            List.of(heads, heads, 2, 3),
            List.of(window, window, 4, 2),
            2.0),
        new Pyramid(16, 4),
        new Loss(List.of(), Resolution.FULL),
        null,
        null,
        null);
  }

  /** A small hybrid feature pyramid. */
  public static FeaturePyramidConfiguration featurePyramid(int classes) {
    return featurePyramid(classes, Stem.CONVOLUTION, Block.CONVOLUTION);
  }

  /**
   * A small Mask2Former.
   *
   * @param more further keys of config.json, each with its leading comma
   */
  public static ModelConfiguration mask2Former(int classes, String more) {
    String labels =
        IntStream.range(0, classes)
            .mapToObj(label -> "\"%d\": \"class %d\"".formatted(label, label))
            .collect(Collectors.joining(", "));
    return ModelConfiguration.parse(
        """
        {"model_type": "mask2former", "id2label": {%s}, "feature_size": 32, "hidden_dim": 32,
         "mask_feature_size": 32, "num_attention_heads": 4, "encoder_layers": 1,
         "encoder_feedforward_dim": 32, "decoder_layers": 3, "dim_feedforward": 64,
         "num_queries": 5, "train_num_points": 64,
         "backbone_config": {"model_type": "swin", "embed_dim": 8, "depths": [1, 1, 2, 1],
           "num_heads": [1, 2, 2, 4], "window_size": 4}%s}
        """
            .formatted(labels, more),
        "a test's configuration");
  }

  /** Freshly drawn parameters of f, h and g. */
  public static Parameters parameters(
      ModelConfiguration configuration, NDManager manager, long seed) {
    Architecture architecture = configuration.architecture();
    List<ParameterDefinition> definitions = new ArrayList<>(architecture.mainParameters());
    definitions.addAll(architecture.reconstructionParameters());
    return new Parameters(Initialization.initialise(definitions, seed, manager));
  }

  /** The functions over the parameters. */
  public static Network network(
      ModelConfiguration configuration, Parameters parameters, NDManager manager) {
    return configuration.architecture().network(parameters, manager);
  }
}
