package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.StepReport;
import java.util.OptionalInt;

/**
 * Control: the steps of Online TTT-MAE on training images instead of the video's frames. Tells how
 * much of a gain comes from training longer rather than from the video.
 */
final class ForeignFrames extends SteppingMethod {

  private static final long serialVersionUID = 1;

  ForeignFrames() {
    super(
        "foreign-frames",
        "Foreign Frames",
        Role.CONTROL,
        Sight.VIDEO_STREAM,
        Objective.RECONSTRUCTION,
        "The steps of Online TTT-MAE on training images instead of the video's frames: what"
            + " training longer gains without seeing the video.");
  }

  @Override
  protected StepReport observe(SeenFrame frame, TestTimeTraining training) {
    training.goOn();
    return training.takeStepsOnTrainingImages(frame);
  }

  @Override
  public String subject() {
    return "Training as long on training images (%s)".formatted(title());
  }

  @Override
  public Needs needs() {
    return new Needs(false, true, true);
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return !key.equals("window") && super.uses(key, settings);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(13);
  }
}
