package io.videottt.adaptation.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Autograd;

/**
 * The encoder's fourth input channel, which says which pixels are visible. It belongs to joint
 * training: before that, its weights are zero and it is fed zeros, so that the network is the
 * three-channel one that the paper starts from.
 */
public final class MaskChannel {

  private static final int INPUT_CHANNELS = 4;

  private MaskChannel() {}

  /** Zeroes the channel's weights. */
  public static void clear(SegmentationModel model) {
    NDArray projection =
        model.parameters().select(Part.ENCODER).stream()
            .map(parameter -> parameter.value())
            .filter(value -> value.getShape().dimension() == 4)
            .filter(value -> value.getShape().get(1) == INPUT_CHANNELS)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the encoder has no input projection"));
    Autograd.withoutGradient(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray colours =
                model
                    .manager()
                    .create(new float[] {1, 1, 1, 0}, new Shape(1, INPUT_CHANNELS, 1, 1));
            return projection.muli(colours);
          }
        });
  }

  /**
   * The encoder's input with zeros in the fourth channel.
   *
   * @param normalised [B, 3, H, W]
   * @return [B, 4, H, W]
   */
  public static NDArray unused(NDArray normalised) {
    Shape shape = normalised.getShape();
    NDArray zeros =
        normalised.getManager().zeros(new Shape(shape.get(0), 1, shape.get(2), shape.get(3)));
    return NDArrays.concat(new NDList(normalised, zeros), 1);
  }
}
