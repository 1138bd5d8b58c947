package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/** Implicit Memory Only (Section 3.2): the frame itself, from the weights of the frame before. */
final class ImplicitMemoryOnly extends SteppingMethod {

  private static final long serialVersionUID = 1;

  ImplicitMemoryOnly() {
    super(
        "implicit-memory-only",
        "Implicit Memory Only",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        Objective.RECONSTRUCTION,
        "Trains on the current frame alone, from the weights that the frame before has left.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    training.remember(frame, 1);
    return training.takeSteps(frame);
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return !key.equals("window") && super.uses(key, settings);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(5);
  }
}
