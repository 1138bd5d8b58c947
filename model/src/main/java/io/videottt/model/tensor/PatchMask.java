package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * The random masks of masked autoencoding (paper, Section 3.1): an image is split into square
 * patches and a fixed share of them is dropped.
 *
 * @param patch side of a patch in pixels, at least 1; patches at the right and bottom edges are cut
 *     where the image ends
 * @param ratio share of the patches to drop, 0 to 1
 */
public record PatchMask(int patch, double ratio) {

  /** Checks both values. */
  public PatchMask {
    if (patch < 1) {
      throw new IllegalArgumentException("patch is " + patch + " but must be at least 1");
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("ratio is " + ratio + " but must be 0 to 1");
    }
  }

  /**
   * Draws one mask per image, independently; exactly {@code round(ratio * patches)} patches of each
   * image are dropped.
   *
   * @param random the source of the choice
   * @param manager owns the result
   * @param batch number of images
   * @param height rows of an image
   * @param width columns of an image
   * @return [batch, 1, height, width], 1 visible, 0 dropped
   */
  public NDArray draw(RandomGenerator random, NDManager manager, int batch, int height, int width) {
    int rows = (height + patch - 1) / patch;
    int columns = (width + patch - 1) / patch;
    boolean[] visible = new boolean[batch * rows * columns];
    for (int image = 0; image < batch; image++) {
      drawImage(random, visible, image * rows * columns, rows * columns);
    }
    NDArray grid = NativeArrays.of(manager, visible, new Shape(batch, 1, rows, columns));
    return TensorFunctions.call(manager, "expand_patches", grid, patch, height, width);
  }

  /** The same as {@link #draw(RandomGenerator, NDManager, int, int, int)} in one call. */
  public static NDArray draw(
      RandomGenerator random,
      NDManager manager,
      int batch,
      int height,
      int width,
      int patch,
      double ratio) {
    return new PatchMask(patch, ratio).draw(random, manager, batch, height, width);
  }

  private void drawImage(RandomGenerator random, boolean[] visible, int offset, int patches) {
    int remaining = patches - (int) Math.round(ratio * patches);
    // Selection sampling: every subset of the right size is equally likely, in one pass.
    for (int index = 0; index < patches; index++) {
      if (random.nextInt(patches - index) < remaining) {
        visible[offset + index] = true;
        remaining--;
      }
    }
  }
}
