package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.FeatureMaps;
import io.videottt.model.NamedWeights;
import io.videottt.model.Parameters;
import io.videottt.model.tensor.ConstantCache;
import java.util.ArrayList;
import java.util.List;

/**
 * The pixel decoder: multi-scale deformable attention (Zhu et al., 2021) over res5, res4 and res3,
 * and one step of a feature pyramid to res2's resolution.
 */
final class PixelDecoder {

  /**
   * What the pixel decoder makes of the encoder's features.
   *
   * @param maps the coarsest first, [B, height * width, C] each
   * @param heights rows of the maps
   * @param widths columns of the maps
   * @param finest [B, C, H/4, W/4], before the mask projection
   */
  record Output(List<NDArray> maps, long[] heights, long[] widths, NDArray finest) {}

  private final Mask2FormerConfiguration configuration;
  private final ConstantCache constants;
  private final List<List<NDArray>> projections = new ArrayList<>();
  private final List<List<NDArray>> layers = new ArrayList<>();
  private final List<NDArray> finest = new ArrayList<>();
  private final NDArray levelEmbedding;
  private final NDArray maskProjection;
  private final NDArray maskProjectionBias;

  PixelDecoder(
      Mask2FormerConfiguration configuration,
      Parameters parameters,
      String prefix,
      ConstantCache constants) {
    this.configuration = configuration;
    this.constants = constants;
    NamedWeights weights = new NamedWeights(parameters, prefix);
    for (int level = 0; level < Mask2FormerConfiguration.LEVELS; level++) {
      NamedWeights projection = weights.below("input_projections." + level + ".");
      projections.add(projection.pairs("0", "1"));
    }
    for (int layer = 0; layer < configuration.pixelLayers(); layer++) {
      layers.add(
          weights
              .below("encoder.layers." + layer + ".")
              .pairs(
                  "self_attn.sampling_offsets",
                  "self_attn.attention_weights",
                  "self_attn.value_proj",
                  "self_attn.output_proj",
                  "self_attn_layer_norm",
                  "fc1",
                  "fc2",
                  "final_layer_norm"));
    }
    finest.add(weights.get("adapter_1.0.weight"));
    finest.addAll(weights.pairs("adapter_1.1"));
    finest.add(weights.get("layer_1.0.weight"));
    finest.addAll(weights.pairs("layer_1.1"));
    levelEmbedding = weights.get("level_embed");
    maskProjection = weights.get("mask_projection.weight");
    maskProjectionBias = weights.get("mask_projection.bias");
  }

  /** Weight [M, C, 1, 1] and bias [M] that turn the finest map into the masks' features. */
  List<NDArray> maskProjection() {
    return List.of(maskProjection, maskProjectionBias);
  }

  Output decode(FeatureMaps features) {
    List<NDArray> inputs = List.of(features.res5(), features.res4(), features.res3());
    long[] heights = inputs.stream().mapToLong(map -> map.getShape().get(2)).toArray();
    long[] widths = inputs.stream().mapToLong(map -> map.getShape().get(3)).toArray();
    List<NDArray> kept = new ArrayList<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray sequence = project(inputs);
      NDArray positions = levelPositions(sequence, heights, widths);
      for (List<NDArray> layer : layers) {
        NDArray next =
            Mask2FormerFunctions.call(
                sequence,
                "deformable_layer",
                sequence,
                positions,
                references(sequence, heights, widths),
                scales(sequence, heights, widths),
                heights,
                widths,
                layer,
                configuration.attentionHeads(),
                Mask2FormerConfiguration.POINTS);
        sequence.close();
        sequence = next;
      }
      long[] sizes = new long[heights.length];
      for (int level = 0; level < sizes.length; level++) {
        sizes[level] = heights[level] * widths[level];
      }
      NDList maps = Mask2FormerFunctions.callForList(sequence, "split", sequence, sizes);
      int last = sizes.length - 1;
      kept.addAll(maps);
      kept.add(
          Mask2FormerFunctions.call(
              sequence,
              "finest",
              features.res2(),
              maps.get(last),
              heights[last],
              widths[last],
              finest));
      kept.forEach(NDScope::unregister);
    }
    kept.forEach(NDScope::register);
    int levels = heights.length;
    return new Output(List.copyOf(kept.subList(0, levels)), heights, widths, kept.get(levels));
  }

  private NDArray project(List<NDArray> inputs) {
    List<NDArray> projected = new ArrayList<>();
    for (int level = 0; level < inputs.size(); level++) {
      List<NDArray> weights = projections.get(level);
      projected.add(
          Mask2FormerFunctions.call(
              inputs.get(level),
              "project",
              inputs.get(level),
              weights.get(0),
              weights.get(1),
              weights.get(2),
              weights.get(3)));
    }
    return Mask2FormerFunctions.call(projected.get(0), "flatten", projected);
  }

  private NDArray levelPositions(NDArray like, long[] heights, long[] widths) {
    List<NDArray> positions = new ArrayList<>();
    for (int level = 0; level < heights.length; level++) {
      positions.add(sinePositions(constants, like, heights[level], widths[level]));
    }
    return Mask2FormerFunctions.call(like, "level_positions", positions, levelEmbedding);
  }

  private NDArray references(NDArray like, long[] heights, long[] widths) {
    return constants.get(
        "reference points",
        sizes(heights, widths),
        () -> Mask2FormerFunctions.call(like, "reference_points", like, heights, widths));
  }

  private NDArray scales(NDArray like, long[] heights, long[] widths) {
    return constants.get(
        "offset scales",
        sizes(heights, widths),
        () -> Mask2FormerFunctions.call(like, "offset_scales", like, heights, widths));
  }

  /** Sine embedding of a map's positions, [1, height * width, C]. */
  static NDArray sinePositions(ConstantCache constants, NDArray like, long height, long width) {
    Shape shape = like.getShape();
    long channels = shape.get(shape.dimension() - 1);
    return constants.get(
        "sine positions",
        List.of(height, width, channels),
        () -> Mask2FormerFunctions.call(like, "sine_positions", like, height, width, channels));
  }

  private static List<Long> sizes(long[] heights, long[] widths) {
    List<Long> sizes = new ArrayList<>();
    for (int level = 0; level < heights.length; level++) {
      sizes.add(heights[level]);
      sizes.add(widths[level]);
    }
    return sizes;
  }
}
