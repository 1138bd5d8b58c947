package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/** Online TTT-MAE (Section 3.2, Eq. 2), the paper's method: both memories. */
final class OnlineTttMae extends SteppingMethod {

  private static final long serialVersionUID = 1;

  OnlineTttMae() {
    super(
        "online-ttt-mae",
        "Online TTT-MAE",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        Objective.RECONSTRUCTION,
        "Trains on the latest frames, the window, from the weights that the frame before has left:"
            + " the paper's method.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    training.remember(frame, training.window());
    return training.takeSteps(frame);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(1);
  }
}
