package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/** Self-Train (Section 4): the model's own confident predictions as labels of masked frames. */
final class SelfTrain extends SteppingMethod {

  private static final long serialVersionUID = 1;

  SelfTrain() {
    super(
        "self-train",
        "Self-Train",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        Objective.PSEUDO_LABELS,
        "Trains on its own confident predictions as if they were labels.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    training.remember(frame, training.window());
    return training.takeSteps(frame);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(11);
  }
}
