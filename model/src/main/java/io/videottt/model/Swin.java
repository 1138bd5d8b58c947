package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder f: a Swin Transformer (Liu et al., 2021) with a norm on every stage's output, as
 * Hugging Face's backbone computes it: windows are never smaller than configured, maps are padded
 * to whole windows instead.
 */
final class Swin {

  private static final TorchScript FUNCTIONS = new TorchScript("Swin", "swin.py");

  private record Block(List<NDArray> weights, List<NDArray> biases) {}

  private record Stage(List<Block> blocks, List<NDArray> norm, List<NDArray> downsample) {}

  private final SwinConfiguration configuration;
  private final ConstantCache constants;
  private final List<NDArray> embedding;
  private final List<Stage> stages = new ArrayList<>();

  /**
   * @param prefix of the parameters' names
   * @param constants cache of masks and index tables
   */
  Swin(
      SwinConfiguration configuration,
      Parameters parameters,
      String prefix,
      ConstantCache constants) {
    this.configuration = configuration;
    this.constants = constants;
    NamedWeights weights = new NamedWeights(parameters, prefix);
    embedding = weights.pairs("embeddings.patch_embeddings.projection", "embeddings.norm");
    for (int stage = 0; stage < SwinConfiguration.STAGES; stage++) {
      List<Block> blocks = new ArrayList<>();
      for (int block = 0; block < configuration.depths().get(stage); block++) {
        blocks.add(block(weights.below("encoder.layers." + stage + ".blocks." + block + ".")));
      }
      List<NDArray> downsample = List.of();
      if (stage < SwinConfiguration.STAGES - 1) {
        NamedWeights merging = weights.below("encoder.layers." + stage + ".downsample.");
        downsample = new ArrayList<>(merging.pairs("norm"));
        downsample.add(merging.get("reduction.weight"));
      }
      List<NDArray> norm = weights.pairs("hidden_states_norms.stage" + (stage + 1));
      stages.add(new Stage(blocks, norm, downsample));
    }
  }

  private Block block(NamedWeights weights) {
    List<NDArray> all = new ArrayList<>(weights.pairs("layernorm_before"));
    all.add(weights.get("attention.self.relative_position_bias_table"));
    all.add(weights.get("attention.self.query.weight"));
    all.add(weights.get("attention.self.key.weight"));
    all.add(weights.get("attention.self.value.weight"));
    all.addAll(
        weights.pairs(
            "attention.output.dense", "layernorm_after", "intermediate.dense", "output.dense"));
    List<NDArray> biases =
        configuration.queryKeyValueBias()
            ? List.of(
                weights.get("attention.self.query.bias"),
                weights.get("attention.self.key.bias"),
                weights.get("attention.self.value.bias"))
            : List.of();
    return new Block(all, biases);
  }

  /**
   * @param images [B, 4, H, W]
   * @return channels-last views
   */
  FeatureMaps encode(NDArray images) {
    List<NDArray> outputs = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray map =
          FUNCTIONS.call(
              images.getManager(),
              "embed",
              images,
              embedding.get(0),
              embedding.get(1),
              embedding.get(2),
              embedding.get(3));
      for (int stage = 0; stage < SwinConfiguration.STAGES; stage++) {
        Stage parts = stages.get(stage);
        for (int block = 0; block < parts.blocks().size(); block++) {
          NDArray next = block(map, stage, block);
          map.close();
          map = next;
        }
        outputs.add(
            FUNCTIONS.call(
                map.getManager(), "output", map, parts.norm().get(0), parts.norm().get(1)));
        if (!parts.downsample().isEmpty()) {
          NDArray next =
              FUNCTIONS.call(
                  map.getManager(),
                  "merge",
                  map,
                  parts.downsample().get(0),
                  parts.downsample().get(1),
                  parts.downsample().get(2));
          map.close();
          map = next;
        }
      }
      outputs.forEach(NDScope::unregister);
    }
    outputs.forEach(NDScope::register);
    return new FeatureMaps(outputs.get(0), outputs.get(1), outputs.get(2), outputs.get(3));
  }

  private NDArray block(NDArray map, int stage, int index) {
    Block block = stages.get(stage).blocks().get(index);
    int window = configuration.windowSize();
    int shift = index % 2 == 0 ? 0 : window / 2;
    NDArray relativeIndex =
        constants.get(
            "relative index",
            List.of(window),
            () -> FUNCTIONS.call(map.getManager(), "relative_index", map, window));
    return FUNCTIONS.call(
        map.getManager(),
        "block",
        map,
        block.weights(),
        block.biases(),
        relativeIndex,
        shift == 0 ? List.of() : List.of(shiftMask(map, window, shift)),
        configuration.heads().get(stage),
        window,
        shift,
        configuration.layerNormEpsilon());
  }

  private NDArray shiftMask(NDArray map, int window, int shift) {
    long height = (map.getShape().get(1) + window - 1) / window * window;
    long width = (map.getShape().get(2) + window - 1) / window * window;
    return constants.get(
        "shift mask",
        List.of(height, width, window, shift),
        () -> FUNCTIONS.call(map.getManager(), "shift_mask", map, height, width, window, shift));
  }
}
