package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.Network;
import io.videottt.model.tensor.ImageTensors;
import java.util.List;

/**
 * The reset of the methods with class balance: the pixels of each class that h(f_t) predicts in the
 * current frame are counted and compared with those that h0(f0) predicts. When the two
 * distributions differ by more than a threshold, the model has collapsed towards some classes and
 * starts again. The paper names no measure; here it is the total variation distance, half the sum
 * of the absolute differences of the shares, from 0 (the same) to 1 (no class in common).
 *
 * <p>A decision depends on one frame, so that nothing has to be remembered. It costs two
 * predictions and, for the initial one, exchanging the parameters twice.
 */
public final class ClassBalance {

  private final AdaptationState state;
  private final double threshold;

  /**
   * A balance.
   *
   * @param threshold share of the pixels whose classes may have changed, 0 to 1
   */
  public ClassBalance(AdaptationState state, double threshold) {
    this.state = state;
    this.threshold = threshold;
  }

  /**
   * Starts again if the classes have changed too much.
   *
   * @param working the frame at working resolution
   * @return whether it did
   */
  public boolean resetIfCollapsed(RgbImage working) {
    long[] now = histogram(working);
    long[] initially = state.withInitialParameters(() -> histogram(working));
    boolean collapsed = totalVariation(now, initially) > threshold;
    if (collapsed) {
      state.startAgain();
    }
    return collapsed;
  }

  private long[] histogram(RgbImage working) {
    return FramePredictor.inScope(
        () -> {
          NDArray images =
              ImageTensors.normalise(
                  state.model().manager(),
                  List.of(working.pixels()),
                  working.height(),
                  working.width());
          Network network = state.model().network();
          return network
              .distribution(
                  network.predict(network.encode(ImageTensors.unmasked(images))),
                  working.height(),
                  working.width())
              .histogram();
        });
  }

  /** Half the sum of the absolute differences of two histograms' shares. */
  public static double totalVariation(long[] first, long[] second) {
    double firstSum = 0;
    double secondSum = 0;
    for (int i = 0; i < first.length; i++) {
      firstSum += first[i];
      secondSum += second[i];
    }
    double difference = 0;
    for (int i = 0; i < first.length; i++) {
      difference += Math.abs(first[i] / firstSum - second[i] / secondSum);
    }
    return difference / 2;
  }
}
