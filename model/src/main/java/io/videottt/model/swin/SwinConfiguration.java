package io.videottt.model.swin;

import io.videottt.io.config.ConfigurationReader;
import java.util.List;

/**
 * Sizes of a Swin Transformer (Liu et al., 2021) with four stages.
 *
 * @param embeddingSize channels of the first stage, doubled by each further one
 * @param depths blocks per stage
 * @param heads attention heads per stage
 * @param windowSize rows and columns of an attention window, in patches
 * @param patchSize rows and columns of a patch, in pixels
 * @param mlpRatio width of the feed-forward layers as a multiple of the channels
 * @param queryKeyValueBias whether the attention's input projections have biases
 * @param layerNormEpsilon of the norms inside the blocks
 * @param dropPathRate of the last block while training, below 1
 */
public record SwinConfiguration(
    int embeddingSize,
    List<Integer> depths,
    List<Integer> heads,
    int windowSize,
    int patchSize,
    double mlpRatio,
    boolean queryKeyValueBias,
    double layerNormEpsilon,
    double dropPathRate) {

  public static final int STAGES = 4;

  private static final double LARGEST_DROP_PATH_RATE = 0.99;

  /** Channels of a stage, 0 to 3. */
  public int channels(int stage) {
    return embeddingSize << stage;
  }

  /** Blocks of all stages. */
  int blocks() {
    return depths.stream().mapToInt(Integer::intValue).sum();
  }

  /** Width of a stage's feed-forward layers. */
  public int feedForward(int stage) {
    return (int) (mlpRatio * channels(stage));
  }

  public static SwinConfiguration parse(ConfigurationReader reader) {
    reader.text("model_type", "swin", List.of("swin"));
    reader.text("hidden_act", "gelu", List.of("gelu"));
    reader.integer("num_channels", 3, 3, 4);
    if (reader.flag("use_absolute_embeddings", false)) {
      throw reader.invalid("use_absolute_embeddings", true, "false");
    }
    SwinConfiguration configuration =
        new SwinConfiguration(
            reader.integer("embed_dim", 96, 1, 1024),
            reader.integers("depths", List.of(2, 2, 18, 2), STAGES, 1, 100),
            reader.integers("num_heads", List.of(3, 6, 12, 24), STAGES, 1, 256),
            reader.integer("window_size", 7, 1, 64),
            reader.integer("patch_size", 4, 4, 4),
            reader.number("mlp_ratio", 4, 0.25, 16),
            reader.flag("qkv_bias", true),
            reader.number("layer_norm_eps", 1e-5, 0, 1),
            reader.number("drop_path_rate", 0.1, 0, LARGEST_DROP_PATH_RATE));
    for (int stage = 0; stage < STAGES; stage++) {
      if (configuration.channels(stage) % configuration.heads().get(stage) != 0) {
        throw reader.invalid(
            "num_heads",
            configuration.heads(),
            "divisors of the stages' channels, "
                + configuration.channels(stage)
                + " in stage "
                + (stage + 1));
      }
    }
    return configuration;
  }
}
