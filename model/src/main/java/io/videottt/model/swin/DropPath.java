package io.videottt.model.swin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.tensor.NativeArrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Drop path, also called stochastic depth (Huang et al., 2016): while training, a block's residual
 * branch is left out for some images, more often the deeper the block is; the others' are scaled so
 * that the expectation stays.
 */
final class DropPath {

  private static final int BRANCHES = 2;

  private final double rate;
  private final int blocks;
  private final RandomGenerator random;

  /**
   * @param rate probability of leaving out a branch of the last block; the first block's are never
   *     left out, those between grow linearly
   * @param blocks number of blocks of the encoder
   * @param random source of the draws
   */
  DropPath(double rate, int blocks, RandomGenerator random) {
    this.rate = rate;
    this.blocks = blocks;
    this.random = random;
  }

  /**
   * Draws the factors of a block's two residual branches.
   *
   * @param block index of the block in the whole encoder
   * @return none where nothing is ever left out, else two of [batch, 1, 1, 1], owned by the engine
   */
  List<NDArray> draw(NDManager manager, int block, int batch) {
    double dropped = blocks == 1 ? 0 : rate * block / (blocks - 1);
    if (dropped == 0) {
      return List.of();
    }
    return Stream.generate(() -> factors(manager, dropped, batch)).limit(BRANCHES).toList();
  }

  private NDArray factors(NDManager manager, double dropped, int batch) {
    float[] factors = new float[batch];
    for (int image = 0; image < batch; image++) {
      factors[image] = random.nextDouble() < dropped ? 0 : (float) (1 / (1 - dropped));
    }
    return NativeArrays.of(manager, factors, new Shape(batch, 1, 1, 1));
  }
}
