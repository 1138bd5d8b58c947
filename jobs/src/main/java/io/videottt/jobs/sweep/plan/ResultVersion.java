package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.catalog.definition.Layout;
import io.videottt.model.tensor.Precision;

/**
 * The version of what a unit's numbers mean, part of its id: rows of different versions never mix,
 * and units whose numbers a change leaves alone keep their version, their ids and their results.
 */
public final class ResultVersion {

  /** Videos whose frames are computed. */
  public static final int COMPUTED = 1;

  /**
   * Videos decoded from picture files. Version 1 brightened pictures of one channel, showed
   * photographs as they lie in the file, not as their orientation tag says, and did not pad sizes
   * that the network's divisor does not divide.
   */
  static final int PICTURE_FILES = 2;

  /** Videos whose frames are computed, at sizes that the network pads; version 1 did not pad. */
  static final int PADDED = 2;

  /**
   * Added for methods that train in single precision: their linear layers are computed otherwise
   * than by versions 1 and 2 on some processors, and round otherwise.
   */
  private static final int TRAINED = 2;

  private ResultVersion() {}

  /** The present version of numbers over the videos of a data set, but for what is trained. */
  static int of(Layout layout) {
    return layout.computed() ? COMPUTED : PICTURE_FILES;
  }

  /**
   * The version of a method's numbers.
   *
   * @param untrained what it would be if the method did not train
   */
  static int of(int untrained, Method method, AdaptationSettings settings) {
    return method.trains() && settings.precision() == Precision.FP32
        ? untrained + TRAINED
        : untrained;
  }

  /**
   * The version that the fixed model's numbers have beside those of a version.
   *
   * @param version as results tell it; what is no number is its own
   */
  public static String untrained(String version) {
    if (!version.matches("[0-9]{1,9}")) {
      return version;
    }
    int number = Integer.parseInt(version);
    return String.valueOf(number > TRAINED ? number - TRAINED : number);
  }
}
