package io.videottt.model.swin;

import ai.djl.ndarray.NDArray;
import io.videottt.model.NamedWeights;
import io.videottt.model.NormObserver;
import io.videottt.model.tensor.ConstantCache;
import io.videottt.model.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;

/** A Swin block: shifted-window attention and a feed-forward layer, each behind a LayerNorm. */
public final class SwinBlock {

  public static final TorchScript FUNCTIONS = new TorchScript(SwinBlock.class, "swin.py");

  private final String prefix;
  private final List<NDArray> weights;
  private final List<NDArray> biases;
  private final int heads;
  private final int window;
  private final double epsilon;
  private final ConstantCache constants;

  /**
   * @param block the block's parameters
   * @param heads attention heads
   * @param window side of an attention window
   * @param epsilon of the norms
   * @param constants cache of masks and index tables
   */
  public SwinBlock(
      NamedWeights block, int heads, int window, double epsilon, ConstantCache constants) {
    this.prefix = block.prefix();
    this.heads = heads;
    this.window = window;
    this.epsilon = epsilon;
    this.constants = constants;
    weights = new ArrayList<>(block.pairs("layernorm_before"));
    weights.add(block.get("attention.self.relative_position_bias_table"));
    List<String> projections = List.of("query", "key", "value");
    for (String projection : projections) {
      weights.add(block.get("attention.self." + projection + ".weight"));
    }
    weights.addAll(
        block.pairs(
            "attention.output.dense", "layernorm_after", "intermediate.dense", "output.dense"));
    boolean biased = block.parameters().contains(block.prefix() + "attention.self.query.bias");
    biases =
        biased
            ? projections.stream()
                .map(projection -> block.get("attention.self." + projection + ".bias"))
                .toList()
            : List.of();
  }

  /**
   * Applies the block.
   *
   * @param map [B, H, W, C]
   * @param shift rows and columns by which the windows are shifted, 0 for none
   * @param observer sees the inputs of the two norms
   * @return [B, H, W, C]
   */
  public NDArray apply(NDArray map, int shift, NormObserver observer) {
    return apply(map, shift, List.of(), observer);
  }

  /**
   * Applies the block while training.
   *
   * @param map [B, H, W, C]
   * @param shift rows and columns by which the windows are shifted, 0 for none
   * @param branchFactors what {@link DropPath#draw} returned
   * @param observer sees the inputs of the two norms
   * @return [B, H, W, C]
   */
  NDArray apply(NDArray map, int shift, List<NDArray> branchFactors, NormObserver observer) {
    NDArray relativeIndex =
        constants.get(
            "relative index",
            List.of(window),
            () -> FUNCTIONS.call(map.getManager(), "relative_index", map, window));
    Object[] arguments = {
      map,
      weights,
      biases,
      relativeIndex,
      shift == 0 ? List.of() : List.of(shiftMask(map, shift)),
      branchFactors,
      heads,
      window,
      shift,
      epsilon
    };
    if (observer == NormObserver.NONE) {
      return FUNCTIONS.call(map.getManager(), "block", arguments);
    }
    observer.observe(prefix + "layernorm_before", map, epsilon);
    try (NDArray middle = FUNCTIONS.call(map.getManager(), "attend", arguments)) {
      observer.observe(prefix + "layernorm_after", middle, epsilon);
      return FUNCTIONS.call(
          map.getManager(), "feed_forward", middle, weights, branchFactors, epsilon);
    }
  }

  private NDArray shiftMask(NDArray map, int shift) {
    long height = (map.getShape().get(1) + window - 1) / window * window;
    long width = (map.getShape().get(2) + window - 1) / window * window;
    return constants.get(
        "shift mask",
        List.of(height, width, window, shift),
        () -> FUNCTIONS.call(map.getManager(), "shift_mask", map, height, width, window, shift));
  }
}
