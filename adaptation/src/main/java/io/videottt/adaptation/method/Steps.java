package io.videottt.adaptation.method;

import io.videottt.adaptation.step.ResumableState;
import java.util.Optional;

/**
 * What a method does with one video, from its first frame to its last. A method that sees frames as
 * they come takes {@link FrameSteps}, one that knows the whole video beforehand {@link VideoSteps}.
 * Used by one thread.
 */
public sealed interface Steps extends AutoCloseable permits FrameSteps, VideoSteps {

  /**
   * What the method has changed so far, with which another process goes on as if nothing had
   * happened; empty of a method that changes nothing.
   */
  Optional<ResumableState> state();

  /** Leaves the model as it was before. */
  @Override
  void close();
}
