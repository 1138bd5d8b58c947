package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import io.videottt.model.FeatureMaps;
import io.videottt.model.NamedWeights;
import io.videottt.model.NormObserver;
import io.videottt.model.ParameterDefinitions;
import io.videottt.model.Parameters;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Block;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Encoder;
import io.videottt.model.pyramid.FeaturePyramidConfiguration.Stem;
import io.videottt.model.swin.SwinBlock;
import io.videottt.model.tensor.ConstantCache;
import java.util.ArrayList;
import java.util.List;

/**
 * A Swin encoder whose stem and stages may be convolutional. Early convolutions make a small
 * attention network learn from scratch (Xiao et al., "Early Convolutions Help Transformers See
 * Better", 2021); what is left as Swin is exactly Swin, under its names.
 */
final class HybridEncoder {

  static final String PREFIX = "model.pixel_level_module.encoder.";

  private static final int STAGES = 4;
  private static final int INPUT_CHANNELS = 4;
  private static final int PATCH = 4;

  private static final double EPSILON = 1e-5;

  private final Parameters parameters;
  private final ChannelsLast layers;
  private final Encoder sizes;
  private final List<List<SwinBlock>> swinBlocks = new ArrayList<>();

  /**
   * @param constants cache of masks and index tables
   */
  HybridEncoder(
      Parameters parameters, ChannelsLast layers, Encoder sizes, ConstantCache constants) {
    this.parameters = parameters;
    this.layers = layers;
    this.sizes = sizes;
    for (int stage = 0; stage < STAGES; stage++) {
      List<SwinBlock> blocks = new ArrayList<>();
      if (sizes.blocks().get(stage) == Block.SWIN) {
        for (int block = 0; block < sizes.depths().get(stage); block++) {
          blocks.add(
              new SwinBlock(
                  new NamedWeights(parameters, block(stage, block)),
                  sizes.numHeads().get(stage),
                  sizes.windowSizes().get(stage),
                  EPSILON,
                  constants));
        }
      }
      swinBlocks.add(blocks);
    }
  }

  /** Adds the parameters. */
  static void declare(ParameterDefinitions definitions, Encoder sizes) {
    int first = sizes.channels().get(0);
    String embeddings = PREFIX + "embeddings.";
    if (sizes.stem() == Stem.PATCH) {
      definitions.layer(
          embeddings + "patch_embeddings.projection", first, INPUT_CHANNELS, PATCH, PATCH);
    } else {
      int middle = sizes.stemChannels();
      definitions.layer(embeddings + "convolution_1", middle, INPUT_CHANNELS, 3, 3);
      definitions.norm(embeddings + "norm_1", middle);
      definitions.layer(embeddings + "convolution_2", first, middle, 3, 3);
    }
    definitions.norm(embeddings + "norm", first);
    for (int stage = 0; stage < STAGES; stage++) {
      declareStage(definitions, sizes, stage);
    }
  }

  private static void declareStage(ParameterDefinitions definitions, Encoder sizes, int stage) {
    int channels = sizes.channels().get(stage);
    for (int block = 0; block < sizes.depths().get(stage); block++) {
      String name = block(stage, block);
      definitions.norm(name + "layernorm_before", channels);
      if (sizes.blocks().get(stage) == Block.CONVOLUTION) {
        definitions.layer(name + "convolution_1", channels, channels, 3, 3);
        definitions.layer(name + "convolution_2", channels, channels, 3, 3);
      } else {
        declareAttention(definitions, name, sizes, stage);
      }
    }
    if (stage < STAGES - 1) {
      String name = layer(stage) + "downsample.";
      definitions.norm(name + "norm", 4L * channels);
      definitions.add(name + "reduction.weight", sizes.channels().get(stage + 1), 4L * channels);
    }
    definitions.norm(norm(stage), channels);
  }

  private static void declareAttention(
      ParameterDefinitions definitions, String name, Encoder sizes, int stage) {
    int channels = sizes.channels().get(stage);
    long offsets = 2L * sizes.windowSizes().get(stage) - 1;
    long hidden = Math.max(1, (long) (channels * sizes.mlpRatio()));
    for (String projection : List.of("query", "key", "value")) {
      definitions.layer(name + "attention.self." + projection, channels, channels);
    }
    definitions.add(
        name + "attention.self.relative_position_bias_table",
        offsets * offsets,
        sizes.numHeads().get(stage));
    definitions.layer(name + "attention.output.dense", channels, channels);
    definitions.norm(name + "layernorm_after", channels);
    definitions.layer(name + "intermediate.dense", hidden, channels);
    definitions.layer(name + "output.dense", channels, hidden);
  }

  /**
   * Encodes [B, 4, H, W].
   *
   * @param observer sees the input of every LayerNorm
   */
  FeatureMaps apply(NDArray images, NormObserver observer) {
    NDArray[] features = new NDArray[STAGES];
    NDArray x = stem(images, observer);
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < sizes.depths().get(stage); block++) {
        x =
            sizes.blocks().get(stage) == Block.CONVOLUTION
                ? convolutionBlock(x, block(stage, block), observer)
                : swinBlocks.get(stage).get(block).apply(x, shift(x, stage, block), observer);
      }
      features[stage] = ChannelsLast.toChannelsFirst(norm(x, norm(stage), observer));
      if (stage < STAGES - 1) {
        x = merge(x, new NamedWeights(parameters, layer(stage) + "downsample."), observer);
      }
    }
    return new FeatureMaps(features[0], features[1], features[2], features[3]);
  }

  private NDArray norm(NDArray x, String name, NormObserver observer) {
    observer.observe(name, x, EPSILON);
    return layers.layerNorm(x, name);
  }

  private NDArray stem(NDArray images, NormObserver observer) {
    String embeddings = PREFIX + "embeddings.";
    NDArray x = ChannelsLast.fromChannelsFirst(images);
    if (sizes.stem() == Stem.PATCH) {
      return norm(
          layers.patches(x, embeddings + "patch_embeddings.projection", PATCH),
          embeddings + "norm",
          observer);
    }
    NDArray half = layers.convolution(x, embeddings + "convolution_1", 2);
    half = ChannelsLast.gelu(norm(half, embeddings + "norm_1", observer));
    NDArray quarter = layers.convolution(half, embeddings + "convolution_2", 2);
    return norm(quarter, embeddings + "norm", observer);
  }

  private NDArray convolutionBlock(NDArray x, String name, NormObserver observer) {
    NDArray y = norm(x, name + "layernorm_before", observer);
    y = ChannelsLast.gelu(layers.convolution(y, name + "convolution_1", 1));
    return x.add(layers.convolution(y, name + "convolution_2", 1));
  }

  /** Swin's patch merging: halves the resolution. */
  private static NDArray merge(NDArray x, NamedWeights weights, NormObserver observer) {
    if (observer != NormObserver.NONE) {
      NDArray joined = SwinBlock.FUNCTIONS.call(x.getManager(), "join", x);
      observer.observe(weights.prefix() + "norm", joined, EPSILON);
    }
    return SwinBlock.FUNCTIONS.call(
        x.getManager(),
        "merge",
        x,
        weights.get("norm.weight"),
        weights.get("norm.bias"),
        weights.get("reduction.weight"));
  }

  /** Every second block shifts its windows, unless one window holds everything. */
  private int shift(NDArray x, int stage, int block) {
    int window = sizes.windowSizes().get(stage);
    boolean several = x.getShape().get(1) > window || x.getShape().get(2) > window;
    return block % 2 == 1 && several ? window / 2 : 0;
  }

  private static String layer(int stage) {
    return PREFIX + "encoder.layers." + stage + ".";
  }

  private static String block(int stage, int block) {
    return layer(stage) + "blocks." + block + ".";
  }

  private static String norm(int stage) {
    return PREFIX + "hidden_states_norms.stage" + (stage + 1);
  }
}
