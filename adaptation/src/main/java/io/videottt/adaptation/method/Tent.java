package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/**
 * Tent (Wang et al., 2021; here Section 4): entropy of the class prediction, by the weights and
 * biases of the normalisation layers of f and h alone ({@link Objective#ENTROPY}).
 */
final class Tent extends SteppingMethod {

  private static final long serialVersionUID = 1;

  Tent() {
    super(
        "tent",
        "Tent",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        Objective.ENTROPY,
        "Makes the predicted classes more certain, by the weights of the normalisation layers"
            + " alone.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    training.remember(frame, training.window());
    return training.takeSteps(frame);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(9);
  }
}
