package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.videottt.model.NamedWeights;
import io.videottt.model.Parameters;
import io.videottt.model.tensor.ConstantCache;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The transformer decoder with masked attention: each query attends to the part of a feature map
 * that its own mask, as predicted by the layer before, covers.
 */
final class MaskDecoder {

  private final Mask2FormerConfiguration configuration;
  private final ConstantCache constants;
  private final List<List<NDArray>> layers = new ArrayList<>();
  private final List<NDArray> maskEmbedding = new ArrayList<>();
  private final List<NDArray> norm;
  private final NDArray queryFeatures;
  private final NDArray queryPositions;
  private final NDArray levelEmbedding;

  /**
   * @param prefix of the transformer module's parameters
   * @param maskProjection the pixel decoder's last convolution, weight and bias
   */
  MaskDecoder(
      Mask2FormerConfiguration configuration,
      Parameters parameters,
      String prefix,
      List<NDArray> maskProjection,
      ConstantCache constants) {
    this.configuration = configuration;
    this.constants = constants;
    NamedWeights weights = new NamedWeights(parameters, prefix);
    queryFeatures = weights.get("queries_features.weight");
    queryPositions = weights.get("queries_embedder.weight");
    levelEmbedding = weights.get("level_embed.weight");
    for (int layer = 0; layer < configuration.decoderLayers(); layer++) {
      layers.add(layer(weights.below("decoder.layers." + layer + ".")));
    }
    norm = weights.pairs("decoder.layernorm");
    String embedder = "decoder.mask_predictor.mask_embedder.";
    maskEmbedding.addAll(norm);
    maskEmbedding.addAll(weights.pairs(embedder + "0.0", embedder + "1.0", embedder + "2.0"));
    maskEmbedding.addAll(maskProjection);
  }

  private static List<NDArray> layer(NamedWeights weights) {
    List<NDArray> layer = new ArrayList<>();
    layer.add(weights.get("cross_attn.in_proj_weight"));
    layer.add(weights.get("cross_attn.in_proj_bias"));
    layer.addAll(
        weights.pairs(
            "cross_attn.out_proj",
            "cross_attn_layer_norm",
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.out_proj",
            "self_attn_layer_norm",
            "fc1",
            "fc2",
            "final_layer_norm"));
    return layer;
  }

  /** The norm that stands before every prediction, weight and bias. */
  List<NDArray> norm() {
    return norm;
  }

  /**
   * The queries after the last layer, [B, Q, C], before the norm, and their masks, [B, Q, H/4,
   * W/4].
   */
  NDList decode(PixelDecoder.Output features) {
    NDList last = new NDList();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int end = layers.size();
      run(
          features,
          (index, queries) -> {
            if (index == end) {
              last.add(queries);
              last.add(masks(embedding(queries), features.finest()));
            }
          });
      NDScope.unregister(last);
    }
    last.forEach(NDScope::register);
    return last;
  }

  /** As {@link #decode}, before the first and after every layer. */
  List<NDList> decodeAll(PixelDecoder.Output features) {
    List<NDList> all = new ArrayList<>();
    run(
        features,
        (index, queries) ->
            all.add(new NDList(queries, masks(embedding(queries), features.finest()))));
    return all;
  }

  private void run(PixelDecoder.Output features, BiConsumer<Integer, NDArray> observer) {
    long batch = features.finest().getShape().get(0);
    NDArray queries = Mask2FormerFunctions.call(features.finest(), "expand", queryFeatures, batch);
    List<NDArray> levelMaps = new ArrayList<>();
    List<NDList> memories = new ArrayList<>();
    int used = Math.min(layers.size(), features.maps().size());
    for (int level = 0; level < used; level++) {
      memories.add(memory(features, level));
      levelMaps.add(
          TensorFunctions.resizeBilinear(
              features.finest().stopGradient(),
              features.heights()[level],
              features.widths()[level]));
    }
    observer.accept(0, queries);
    for (int index = 0; index < layers.size(); index++) {
      int level = index % used;
      NDList embedding = embedding(queries);
      NDArray mask =
          Mask2FormerFunctions.call(
              queries, "attention_mask", embedding.get(0), embedding.get(1), levelMaps.get(level));
      queries =
          Mask2FormerFunctions.call(
              queries,
              "decoder_layer",
              queries,
              queryPositions,
              memories.get(level).get(0),
              memories.get(level).get(1),
              mask,
              layers.get(index),
              configuration.attentionHeads(),
              configuration.preNorm());
      mask.close();
      embedding.close();
      observer.accept(index + 1, queries);
    }
  }

  private NDList memory(PixelDecoder.Output features, int level) {
    NDArray map = features.maps().get(level);
    NDArray positions =
        PixelDecoder.sinePositions(
            constants, map, features.heights()[level], features.widths()[level]);
    return Mask2FormerFunctions.callForList(map, "memory", map, levelEmbedding, level, positions);
  }

  private NDList embedding(NDArray queries) {
    return Mask2FormerFunctions.callForList(queries, "mask_embedding", queries, maskEmbedding);
  }

  private static NDArray masks(NDList embedding, NDArray finest) {
    return Mask2FormerFunctions.call(finest, "masks", embedding.get(0), embedding.get(1), finest);
  }
}
