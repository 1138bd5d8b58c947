package io.videottt.adaptation.settings;

import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * What only self-training needs.
 *
 * @param confidenceThreshold lambda: a pixel is a pseudo-label when its class has more than this
 *     probability, from 0 to 1; with 1 there are none
 */
public record SelfTraining(double confidenceThreshold) implements Serializable {

  /** Checks the range. */
  public SelfTraining {
    Require.within("confidenceThreshold", confidenceThreshold, 0, 1);
  }
}
