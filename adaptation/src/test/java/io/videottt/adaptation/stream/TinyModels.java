package io.videottt.adaptation.stream;

import ai.djl.Device;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.pyramid.FeaturePyramidConfiguration;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Encoder;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Loss;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Pyramid;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Resolution;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Networks of a few thousand parameters, and looks at their weights. */
public final class TinyModels {

  private TinyModels() {}

  public static FeaturePyramidConfiguration configuration() {
    return new FeaturePyramidConfiguration(
        FeaturePyramidConfiguration.MODEL_TYPE,
        SyntheticVideo.CLASSES.size(),
        new Encoder(
            Stem.CONVOLUTION,
            8,
            List.of(8, 8, 16, 16),
            List.of(1, 1, 1, 1),
            List.of(Block.CONVOLUTION, Block.CONVOLUTION, Block.SWIN, Block.SWIN),
            List.of(0, 0, 2, 2),
            List.of(0, 0, 4, 4),
            2.0),
        new Pyramid(16, 4),
        new Loss(List.of(), Resolution.QUARTER),
        null,
        null,
        null);
  }

  /** A Mask2Former, whose K may differ from the synthetic videos'. */
  public static ModelConfiguration mask2FormerConfiguration(int classes) {
    return ModelConfiguration.parse(
        """
        {
          "model_type": "mask2former",
          "backbone_config": {
            "model_type": "swin", "embed_dim": 8, "depths": [1, 1, 1, 1],
            "num_heads": [1, 2, 2, 4], "window_size": 3, "num_channels": 4
          },
          "feature_size": 32, "mask_feature_size": 32, "hidden_dim": 32,
          "num_attention_heads": 4, "encoder_layers": 1, "encoder_feedforward_dim": 32,
          "decoder_layers": 2, "dim_feedforward": 32, "num_queries": 5, "num_labels": %d
        }
        """
            .formatted(classes),
        "config.json");
  }

  public static SegmentationModel mask2Former(long seed, int classes) {
    return SegmentationModel.initialise(mask2FormerConfiguration(classes), seed, Device.cpu());
  }

  public static SegmentationModel create(long seed) {
    return SegmentationModel.initialise(configuration(), seed, Device.cpu());
  }

  /** The values of all parameters of some parts by name. */
  public static Map<String, List<Float>> weights(SegmentationModel model, Part... parts) {
    Map<String, List<Float>> weights = new TreeMap<>();
    for (var parameter : model.parameters().select(parts)) {
      float[] values = parameter.value().toFloatArray();
      weights.put(parameter.name(), boxed(values));
    }
    return weights;
  }

  /** Largest absolute difference between two looks at the same parameters. */
  static double distance(Map<String, List<Float>> first, Map<String, List<Float>> second) {
    double largest = 0;
    for (String name : first.keySet()) {
      for (int i = 0; i < first.get(name).size(); i++) {
        double difference = first.get(name).get(i) - second.get(name).get(i);
        largest = Math.max(largest, Math.abs(difference));
      }
    }
    return largest;
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return List.of(boxed);
  }
}
