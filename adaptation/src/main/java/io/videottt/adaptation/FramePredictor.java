package io.videottt.adaptation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.catalog.ImageResize;
import io.videottt.catalog.LabelMap;
import io.videottt.catalog.RgbImage;
import io.videottt.model.Autograd;
import io.videottt.model.ImageTensors;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationModel;
import java.util.List;

/**
 * h(f(x)) on whole, unmasked frames: resizes to the working resolution, predicts, and brings the
 * class scores back to the frame's own resolution. Uses the parameters as they are at the moment of
 * the call. Thread-confined like the model.
 */
public final class FramePredictor {

  private final SegmentationModel model;
  private final WorkingSize workingSize;

  /**
   * What the network says about a frame.
   *
   * @param labels the predicted class of every pixel, at the frame's own resolution
   * @param prediction the head's tensors, batch of 1, in the caller's scope
   */
  public record Result(LabelMap labels, Prediction prediction) {}

  /**
   * @param model the model, not closed by this object
   * @param workingSize the resolution that the network works at
   */
  public FramePredictor(SegmentationModel model, WorkingSize workingSize) {
    this.model = model;
    this.workingSize = workingSize;
  }

  /**
   * The predicted classes of a frame, at its own resolution.
   *
   * @throws DivergenceException when a score is not finite
   */
  public LabelMap predict(RgbImage frame) {
    return predict(resized(frame), frame.height(), frame.width());
  }

  /**
   * The predicted classes and the head's tensors.
   *
   * @param frame the frame
   * @return tensors that belong to the {@link NDScope} around the call, which must exist
   */
  public Result predictWithTensors(RgbImage frame) {
    return Autograd.withoutGradient(() -> run(resized(frame), frame.height(), frame.width()));
  }

  /** The frame at working resolution. */
  RgbImage resized(RgbImage frame) {
    WorkingSize.Size size = workingSize.of(frame.height(), frame.width());
    return ImageResize.bilinear(frame, size.height(), size.width());
  }

  /**
   * The predicted classes of a frame that has been brought to working resolution already.
   *
   * @param working the frame at working resolution
   * @param height rows of the result
   * @param width columns of the result
   */
  LabelMap predict(RgbImage working, int height, int width) {
    return Autograd.withoutGradient(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return run(working, height, width).labels();
          }
        });
  }

  private Result run(RgbImage working, int height, int width) {
    int rows = working.height();
    int columns = working.width();
    NDArray normalised =
        ImageTensors.normalise(model.manager(), List.of(working.pixels()), rows, columns);
    Prediction prediction =
        model.network().predict(model.network().encode(ImageTensors.unmasked(normalised)));
    NDArray scores = model.network().semanticScores(prediction, rows, columns);
    int classes = Math.toIntExact(scores.getShape().get(1));
    float[] values = scores.toFloatArray();
    requireFinite(values);
    byte[] labels = ScoreArgmax.of(values, classes, rows, columns, height, width);
    return new Result(new LabelMap(height, width, labels), prediction);
  }

  /** NaN never wins a comparison: without this check it would silently predict class 0. */
  private static void requireFinite(float[] scores) {
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new DivergenceException(
            "a class score is %s: the model's parameters have diverged".formatted(score));
      }
    }
  }
}
