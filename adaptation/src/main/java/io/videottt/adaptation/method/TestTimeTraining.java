package io.videottt.adaptation.method;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.AdaptationState;
import io.videottt.adaptation.step.ClassBalance;
import io.videottt.adaptation.step.FrameTrainer;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.adaptation.step.StepReport;
import io.videottt.catalog.image.RgbImage;
import java.util.Map;

/**
 * Test-time training on one video (Section 3.2): the weights that change, the frames that are
 * remembered, and the steps on samples of these.
 */
public final class TestTimeTraining implements AutoCloseable {

  private final MethodContext context;
  private final AdaptationState state;
  private final FrameTrainer trainer;
  private final ClassBalance classBalance;
  private boolean startedAgain;
  private int first;
  private int count;

  TestTimeTraining(MethodContext context, Objective objective) {
    AdaptationSettings settings = context.settings();
    this.context = context;
    this.state = new AdaptationState(context.model(), context.initial(), objective, settings);
    this.trainer = new FrameTrainer(objective.step(state, settings), settings, context.seed());
    this.classBalance = new ClassBalance(state, settings.classBalance().threshold());
  }

  /** No implicit memory: back to f0 and g0, with a fresh optimiser. */
  public void startAgain() {
    state.startAgain();
    startedAgain = true;
  }

  /** Implicit memory: from the weights that the frame before has left. */
  public void goOn() {
    if (context.settings().resetOptimizer()) {
      state.resetOptimizer();
    }
    startedAgain = false;
  }

  /**
   * Explicit memory: the frame and those before it, as many as there are.
   *
   * @param latest how many frames are remembered, this one included, at least 1
   */
  public void remember(SeenFrame frame, int latest) {
    first = Math.max(0, frame.position() - latest + 1);
    count = frame.position() - first + 1;
    context.frames().add(frame.position(), sampled(frame), first);
    context.model().images().keep(context.frames().held().stream().map(RgbImage::pixels).toList());
  }

  /** k of the settings: how many frames the window holds; all of them where it is 0. */
  public int window() {
    int window = context.settings().window();
    return window == 0 ? Integer.MAX_VALUE : window;
  }

  /**
   * Takes the steps of a frame on samples of what is remembered.
   *
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public StepReport takeSteps(SeenFrame frame) {
    if (count == 0) {
      throw new IllegalStateException("nothing is remembered that samples could be drawn from");
    }
    // Without any memory a frame's result must not depend on where in the video it stands, so that
    // every frame draws as the first one does.
    int draws = startedAgain && count == 1 && first == frame.position() ? 0 : frame.position();
    return trainer.takeSteps(frame.position(), draws, first, count, context.frames()::get);
  }

  /**
   * Takes the steps of a frame on samples of training images.
   *
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public StepReport takeStepsOnTrainingImages(SeenFrame frame) {
    TrainingImages images = context.trainingImages();
    return trainer.takeSteps(
        frame.position(), frame.position(), 0, images.count(), image -> images.get(image).pixels());
  }

  /**
   * Starts again if the classes that the model predicts in a frame are too different from those
   * that the initial model predicts in it.
   *
   * @return whether it did
   */
  public boolean startAgainIfCollapsed(SeenFrame frame) {
    return classBalance.resetIfCollapsed(frame.working());
  }

  /** The settings of the steps. */
  public AdaptationSettings settings() {
    return context.settings();
  }

  /** The weights that change, as they are now, by their names; owned by the model. */
  public Map<String, NDArray> parameters() {
    return state.parameters();
  }

  /**
   * Sets weights that change.
   *
   * @param values copied; some or all of {@link #parameters}
   */
  public void assign(Map<String, NDArray> values) {
    context.model().parameters().assign(values);
  }

  /** What a checkpoint holds. */
  ResumableState state() {
    return state;
  }

  @Override
  public void close() {
    context.model().images().close();
    state.close();
  }

  /** The frame at the resolution that samples are cut out of. */
  private RgbImage sampled(SeenFrame frame) {
    AdaptationSettings settings = context.settings();
    return settings.samplingSize().equals(settings.workingSize())
        ? frame.working()
        : context.frames().resized(frame.image());
  }
}
