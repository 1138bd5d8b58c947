package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;

/**
 * A baseline that starts again when the predicted classes have changed too much (Section 4, "class
 * balance").
 */
abstract class ClassBalancedMethod extends SteppingMethod {

  private static final long serialVersionUID = 1;

  /** Each look is a prediction by the adapted and one by the initial model. */
  private static final int PREDICTIONS = 2;

  ClassBalancedMethod(String id, String title, Objective objective, String description) {
    super(id, title, Role.PAPER, Sight.VIDEO_STREAM, objective, description);
  }

  @Override
  protected final StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    training.remember(frame, training.window());
    StepReport report = training.takeSteps(frame);
    training.startAgainIfCollapsed(frame);
    return report;
  }

  @Override
  protected final boolean uses(String key, AdaptationSettings settings) {
    return key.equals("classBalance.threshold") || super.uses(key, settings);
  }

  @Override
  public final double predictions(AdaptationSettings settings, int frames) {
    return super.predictions(settings, frames) + (double) PREDICTIONS * frames;
  }
}
