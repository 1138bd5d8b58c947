package io.videottt.model.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/**
 * The copies between the host's memory and a device's. A copy to the host waits until the device
 * has computed everything before it, so that a step must not need one in its middle. All reading of
 * tensors goes through here; all writing through {@link NativeArrays}.
 */
public final class Transfers {

  private static final ThreadLocal<Observer> OBSERVER = new ThreadLocal<>();

  private Transfers() {}

  /** Sees every copy of a thread. */
  public interface Observer {

    /** Values go from the host to the device. */
    void up(long bytes);

    /** Values come from the device, which the host has waited for. */
    void down(long bytes);
  }

  /**
   * Runs with an observer, for which memory of the engine counts as a device's even where it is the
   * host's own.
   *
   * @return what the computation returns
   */
  public static <T> T observed(Observer observer, Supplier<T> computation) {
    OBSERVER.set(observer);
    try {
      return computation.get();
    } finally {
      OBSERVER.remove();
    }
  }

  /** Whether a tensor lies in another memory than the host's, so that large copies are dear. */
  public static boolean isApart(NDArray tensor) {
    return isApart(tensor.getDevice());
  }

  /** The same of a device's tensors. */
  static boolean isApart(Device device) {
    return OBSERVER.get() != null || !device.getDeviceType().equals(Device.Type.CPU);
  }

  static void up(long bytes) {
    Observer observer = OBSERVER.get();
    if (observer != null) {
      observer.up(bytes);
    }
  }

  private static NDArray down(NDArray tensor) {
    Observer observer = OBSERVER.get();
    if (observer != null) {
      observer.down(tensor.size() * tensor.getDataType().getNumOfBytes());
    }
    return tensor;
  }

  /** The value of a float32 scalar. */
  public static float number(NDArray scalar) {
    return down(scalar).getFloat();
  }

  /** The value of a boolean scalar. */
  public static boolean truth(NDArray scalar) {
    return down(scalar).getBoolean();
  }

  /** Values of a float32 tensor. */
  public static float[] floats(NDArray tensor) {
    return down(tensor).toFloatArray();
  }

  /** Values of a float64 tensor. */
  public static double[] doubles(NDArray tensor) {
    return down(tensor).toDoubleArray();
  }

  /** Values of an int32 tensor. */
  public static int[] ints(NDArray tensor) {
    return down(tensor).toIntArray();
  }

  /** Values of an int64 tensor. */
  public static long[] longs(NDArray tensor) {
    return down(tensor).toLongArray();
  }

  /** Values of a uint8 tensor. */
  public static byte[] bytes(NDArray tensor) {
    return down(tensor).toByteArray();
  }
}
