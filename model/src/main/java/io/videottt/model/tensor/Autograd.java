package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gradients. Unlike the engine's gradient collector, of which there can be one in a process, this
 * may run in several threads at once, each with parameters of its own.
 */
public final class Autograd {

  /** What the networks have recorded of the loss that this thread is computing, null outside. */
  private static final ThreadLocal<List<Object>> RECORDED = new ThreadLocal<>();

  private Autograd() {}

  /**
   * Computes a loss and adds its gradients to those of the parameters. Only inside the supplier are
   * operations recorded. The loss and everything made on the way belong to the current {@link
   * ai.djl.ndarray.NDScope}.
   *
   * @param scalarLoss computes a scalar from the parameters
   * @return the loss, on the device; when it is not finite, gradients are not either
   */
  public static NDArray backward(Supplier<NDArray> scalarLoss) {
    JniUtils.setGradMode(true);
    RECORDED.set(new ArrayList<>());
    try {
      NDArray loss = scalarLoss.get();
      NDManager manager = loss.getManager();
      try (NDArray one = manager.ones(loss.getShape())) {
        backward((PtNDArray) loss, (PtNDArray) one, List.copyOf(RECORDED.get()));
      }
      return loss;
    } finally {
      RECORDED.remove();
      JniUtils.setGradMode(false);
    }
  }

  private static void backward(PtNDArray loss, PtNDArray one, List<Object> forward) {
    Supplier<Void> gradients =
        () -> {
          JniUtils.backward(loss, one, false, false);
          return null;
        };
    if (forward.isEmpty()) {
      FirstUse.ofProcess().runAlone(gradients);
    } else {
      FirstUse.ofProcess().run(new Backward(forward), gradients);
    }
  }

  /**
   * A loss times a factor that is owned by the engine: autograd keeps a pointer to it, which must
   * not lead into Java's memory.
   */
  public static NDArray scaled(NDArray loss, double factor) {
    return factor == 1 ? loss : loss.mul(NativeArrays.scalar(loss.getManager(), factor));
  }

  /** The way back through what was recorded. */
  private record Backward(List<Object> forward) {}

  /** Notes a computation that gradients will flow through. */
  public static void recorded(Object computation) {
    List<Object> recorded = RECORDED.get();
    if (recorded != null) {
      recorded.add(computation);
    }
  }

  /**
   * Runs without recording operations: a new thread records by default.
   *
   * @return what the supplier returns
   */
  public static <T> T withoutGradient(Supplier<T> computation) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
