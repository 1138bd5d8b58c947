package io.videottt.adaptation.settings;

import io.videottt.io.config.Require;
import java.io.Serializable;

/**
 * What only the methods with class balance need.
 *
 * @param threshold the total variation distance, from 0 to 1, between the shares of the classes
 *     that the adapted and the initial model predict in a frame, above which the method starts
 *     again; with 1 it never does
 */
public record ClassBalanceSettings(double threshold) implements Serializable {

  /** Checks the range. */
  public ClassBalanceSettings {
    Require.within("threshold", threshold, 0, 1);
  }
}
