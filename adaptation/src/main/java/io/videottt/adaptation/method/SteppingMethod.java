package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.adaptation.step.StepReport;
import io.videottt.base.Task;
import java.util.Optional;

/**
 * A method that takes steps on samples of what it remembers, before every frame's prediction: one
 * says what it minimises, and {@link #observe} what it does with a frame, in the paper's two terms
 * (Section 3.2): implicit memory is whether a frame starts from the weights that the frame before
 * has left, explicit memory is which frames are sampled from.
 */
public abstract class SteppingMethod extends Method {

  private static final long serialVersionUID = 1;

  private final transient Objective objective;

  /**
   * As {@link Method#Method(String, String, Sight, String)}.
   *
   * @param objective what is minimised, and with it which weights change
   */
  protected SteppingMethod(
      String id, String title, Sight sight, Objective objective, String description) {
    this(id, title, Role.OTHER, sight, objective, description);
  }

  SteppingMethod(
      String id, String title, Role role, Sight sight, Objective objective, String description) {
    super(id, title, role, sight, description);
    this.objective = objective;
  }

  /**
   * What the method does with a frame before it is predicted.
   *
   * @param training the weights and what is remembered of the video so far
   */
  protected abstract StepReport observe(SeenFrame frame, TestTimeTraining training);

  @Override
  public final boolean trains() {
    return true;
  }

  @Override
  public Optional<String> limitation(Task task) {
    return objective.limitation(task);
  }

  @Override
  public Needs needs() {
    return objective == Objective.RECONSTRUCTION ? Needs.RECONSTRUCTION : Needs.MODEL;
  }

  /** All settings of steps: the window and what becomes of the optimiser between frames, too. */
  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return switch (key) {
      case "window", "resetOptimizer", "iterationsPerFrame", "measureLossAfter" -> true;
      default -> StepSettings.uses(key, settings, objective);
    };
  }

  @Override
  public double predictions(AdaptationSettings settings, int frames) {
    double steps = settings.iterationsPerFrame() * StepSettings.predictions(settings, objective);
    return frames * (settings.prediction().votes() + steps);
  }

  @Override
  public Method warmsUpWith() {
    return switch (objective) {
      case RECONSTRUCTION -> Methods.ONLINE_TTT_MAE;
      case ENTROPY -> Methods.TENT;
      case PSEUDO_LABELS -> Methods.SELF_TRAIN;
    };
  }

  @Override
  public final FrameSteps open(MethodContext context) {
    TestTimeTraining training = new TestTimeTraining(context, objective);
    return new FrameSteps() {
      @Override
      public StepReport before(SeenFrame frame) {
        return observe(frame, training);
      }

      @Override
      public Optional<ResumableState> state() {
        return Optional.of(training.state());
      }

      @Override
      public void close() {
        training.close();
      }
    };
  }
}
