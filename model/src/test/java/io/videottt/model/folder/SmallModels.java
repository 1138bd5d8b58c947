package io.videottt.model.folder;

import ai.djl.Device;
import io.videottt.model.ModelConfiguration;

/** Networks small enough for tests, with every kind of layer. */
public final class SmallModels {

  public static final String CONFIGURATION =
      """
      {
        "model_type": "mask2former",
        "backbone_config": {
          "model_type": "swin", "embed_dim": 8, "depths": [2, 1, 2, 1], "num_heads": [1, 2, 2, 4],
          "window_size": 3, "num_channels": 3
        },
        "feature_size": 32, "mask_feature_size": 32, "hidden_dim": 32, "num_attention_heads": 4,
        "encoder_layers": 1, "encoder_feedforward_dim": 32, "decoder_layers": 3,
        "dim_feedforward": 32, "num_queries": 5, "num_labels": 4, "some_unknown_key": "kept"
      }
      """;

  private SmallModels() {}

  public static SegmentationModel mask2Former(long seed) {
    return SegmentationModel.initialise(
        ModelConfiguration.parse(CONFIGURATION, "config.json"), seed, Device.cpu());
  }
}
