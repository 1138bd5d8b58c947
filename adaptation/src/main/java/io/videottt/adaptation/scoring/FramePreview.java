package io.videottt.adaptation.scoring;

import java.util.Arrays;
import java.util.Optional;

/**
 * Small pictures of a frame, kept to be looked at. Files in a format that browsers show; no metric
 * reads them.
 *
 * @param prediction what was predicted
 * @param input the frame itself, where it is kept
 * @param truth the ground truth, where it is kept
 */
public record FramePreview(byte[] prediction, Optional<byte[]> input, Optional<byte[]> truth) {

  @Override
  public boolean equals(Object other) {
    return other instanceof FramePreview preview
        && Arrays.equals(prediction, preview.prediction)
        && Arrays.equals(input.orElse(null), preview.input.orElse(null))
        && Arrays.equals(truth.orElse(null), preview.truth.orElse(null));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prediction);
  }
}
