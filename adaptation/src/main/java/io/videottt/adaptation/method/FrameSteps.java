package io.videottt.adaptation.method;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.adaptation.step.StepReport;
import io.videottt.catalog.image.RgbImage;
import java.util.Optional;

/** What a method does with frames as they come, each before it is predicted. */
public non-sealed interface FrameSteps extends Steps {

  /** Of a fixed model. */
  FrameSteps NONE = frame -> StepReport.NOTHING;

  /**
   * What everything else sees of a frame, the network included.
   *
   * @param working the frame at the resolution that the network works at
   */
  default RgbImage input(RgbImage working) {
    return working;
  }

  /**
   * Sees a frame before it is predicted; may change the model. Called once for every frame, in
   * order; after a checkpoint was restored, from the frame behind it on.
   *
   * @throws DivergenceException when a loss or gradient is not finite
   */
  StepReport before(SeenFrame frame);

  @Override
  default Optional<ResumableState> state() {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
