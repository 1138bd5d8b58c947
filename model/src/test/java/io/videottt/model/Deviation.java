package io.videottt.model;

import ai.djl.ndarray.NDArray;

/** How far tensors are from expected ones. */
public final class Deviation {

  private Deviation() {}

  /** The largest difference over the largest expected magnitude. */
  public static double ofMagnitude(NDArray actual, NDArray expected) {
    float[] a = values(actual, expected);
    float[] e = expected.toFloatArray();
    double difference = 0;
    double magnitude = 0;
    for (int i = 0; i < e.length; i++) {
      difference = Math.max(difference, distance(a[i], e[i]));
      magnitude = Math.max(magnitude, Math.abs((double) e[i]));
    }
    return magnitude == 0 ? difference : difference / magnitude;
  }

  /** The norm of the difference. */
  public static double norm(NDArray actual, NDArray expected) {
    float[] a = values(actual, expected);
    float[] e = expected.toFloatArray();
    double sum = 0;
    for (int i = 0; i < e.length; i++) {
      sum += distance(a[i], e[i]) * distance(a[i], e[i]);
    }
    return Math.sqrt(sum);
  }

  /** The Euclidean norm. */
  public static double norm(NDArray array) {
    double sum = 0;
    for (float value : array.toFloatArray()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static double distance(float actual, float expected) {
    double difference = Math.abs((double) actual - expected);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static float[] values(NDArray actual, NDArray expected) {
    if (actual.size() != expected.size()) {
      throw new AssertionError(actual.getShape() + " instead of " + expected.getShape());
    }
    return actual.toFloatArray();
  }
}
