package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/** Explicit Memory Only (Section 3.2): the latest k frames, every time from f0 and g0. */
final class ExplicitMemoryOnly extends SteppingMethod {

  private static final long serialVersionUID = 1;

  ExplicitMemoryOnly() {
    super(
        "explicit-memory-only",
        "Explicit Memory Only",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        Objective.RECONSTRUCTION,
        "Trains on the latest frames, the window, and starts from the fixed model at every frame.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.startAgain();
    training.remember(frame, training.window());
    return training.takeSteps(frame);
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return !key.equals("resetOptimizer") && super.uses(key, settings);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(6);
  }
}
