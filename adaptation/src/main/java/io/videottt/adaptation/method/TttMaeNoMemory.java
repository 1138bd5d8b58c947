package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/** TTT-MAE No Memory (Section 3.1, Eq. 1): every frame by itself, from f0 and g0. */
final class TttMaeNoMemory extends SteppingMethod {

  private static final long serialVersionUID = 1;

  TttMaeNoMemory() {
    super(
        "ttt-mae-no-memory",
        "TTT-MAE No Memory",
        Role.PAPER,
        Sight.INDEPENDENT_FRAMES,
        Objective.RECONSTRUCTION,
        "Trains on masked reconstructions of the current frame, and starts from the fixed model at"
            + " every frame.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.startAgain();
    training.remember(frame, 1);
    return training.takeSteps(frame);
  }

  @Override
  public boolean remembers() {
    return false;
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return switch (key) {
      case "window", "resetOptimizer" -> false;
      default -> super.uses(key, settings);
    };
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(2);
  }
}
