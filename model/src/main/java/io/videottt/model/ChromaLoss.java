package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import java.util.List;

/**
 * The main task's loss of colorization: the mean squared error in normalised colour, over pixels
 * and the three channels, between the true colours and those that the input's luma gives with the
 * predicted chroma. It is the reconstruction's error measure ({@link ReconstructionLoss}), applied
 * to colours that differ in chroma only: "we simply treat colorization as a supervised learning
 * problem" (paper, Section 5), without a perceptual or an adversarial part.
 *
 * <p>The head predicts the two channels of {@link LumaChroma} and not three colours, since the luma
 * of every pixel is known: it is the input. Nothing is learned of it and nothing of it can be lost.
 */
public final class ChromaLoss {

  /** Side of the patches whose pixels a position of the decoder's output stands for. */
  public static final int PATCH = 4;

  /** Outputs per patch, in the order (Cb or Cr, row, column): the queries of a Mask2Former. */
  public static final int OUTPUTS = LumaChroma.CHANNELS * PATCH * PATCH;

  /**
   * What one unit of the network's output is in units of chroma: the mean of the deviations that
   * colours are normalised by, so that outputs are as large as those of the reconstruction.
   */
  private static final float UNIT = 57.63f;

  private ChromaLoss() {}

  /** Chroma as {@link LumaChroma} measures it, of the network's output. */
  public static NDArray chroma(NDArray output) {
    return TensorFunctions.scale(output, UNIT);
  }

  /**
   * The loss of a batch.
   *
   * @param output [B, 2, height, width] of the network
   * @param targets one {@link ColourTarget} per image
   * @return scalar
   * @throws IllegalArgumentException if a target is of another kind or size
   */
  public static NDArray of(NDArray output, List<? extends TrainingTarget> targets) {
    NDManager manager = output.getManager();
    NDArray error = output.sub(truth(output, targets));
    NDArray colours =
        TensorFunctions.linear(
            error.transpose(0, 2, 3, 1), colourOfChroma(manager), zeros(manager));
    return colours.mul(colours).mean();
  }

  private static NDArray truth(NDArray output, List<? extends TrainingTarget> targets) {
    Shape shape = output.getShape();
    int values = Math.toIntExact(shape.size());
    int each = values / targets.size();
    float[] truth = new float[values];
    int next = 0;
    for (TrainingTarget target : targets) {
      if (!(target instanceof ColourTarget colours)) {
        throw new IllegalArgumentException("a network of chroma is trained on colours");
      }
      float[] chroma = LumaChroma.chroma(colours.colours());
      if (chroma.length != each) {
        throw new IllegalArgumentException(
            "a target has chroma of %d values, the output %s".formatted(chroma.length, shape));
      }
      for (float value : chroma) {
        truth[next++] = value / UNIT;
      }
    }
    return NativeArrays.of(output.getManager(), truth, shape);
  }

  /** [3, 2]: what a unit of the output's two channels changes in normalised red, green and blue. */
  private static NDArray colourOfChroma(NDManager manager) {
    float[] deviation = ImageTensors.deviation();
    float[] weights = {
      0,
      (float) LumaChroma.RED_OF_CR * UNIT / deviation[0],
      (float) LumaChroma.GREEN_OF_CB * UNIT / deviation[1],
      (float) LumaChroma.GREEN_OF_CR * UNIT / deviation[1],
      (float) LumaChroma.BLUE_OF_CB * UNIT / deviation[2],
      0
    };
    return NativeArrays.of(manager, weights, new Shape(ImageTensors.COLOURS, LumaChroma.CHANNELS));
  }

  private static NDArray zeros(NDManager manager) {
    return manager.zeros(new Shape(ImageTensors.COLOURS));
  }
}
