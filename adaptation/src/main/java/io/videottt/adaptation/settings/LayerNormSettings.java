package io.videottt.adaptation.settings;

import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * What only LN Adapt needs.
 *
 * @param sourceFrames N: the statistics of the training images count as much as those of so many
 *     frames of the stream; 0 to forget them at the first frame
 */
public record LayerNormSettings(int sourceFrames) implements Serializable {

  /** Checks the range. */
  public LayerNormSettings {
    Require.within("sourceFrames", sourceFrames, 0, 1_000_000);
  }
}
