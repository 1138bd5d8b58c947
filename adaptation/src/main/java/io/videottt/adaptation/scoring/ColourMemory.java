package io.videottt.adaptation.scoring;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.inference.FrameMemory;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.RgbImage;
import io.videottt.metrics.ChromaChange;
import io.videottt.metrics.LumaChroma;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.Transfers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chroma of the latest frame, as predicted and as it truly is, which the next one's flicker is
 * measured against. Thread-confined.
 */
public final class ColourMemory implements FrameMemory, AutoCloseable {

  private static final String PREDICTION = "prediction";
  private static final String TRUTH = "truth";

  private final NDManager manager;
  private final Map<String, NDArray> written = new TreeMap<>();

  /** Null before the first frame. */
  private Remembered latest;

  private record Remembered(int index, float[] prediction, float[] truth) {}

  /**
   * @param manager where tensors for checkpoints are made
   */
  public ColourMemory(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Looks at a frame and remembers it.
   *
   * @param index position in the video
   * @return the changes since the frame before; empty where that one was not the last to be seen,
   *     or has another size
   */
  Optional<ChromaChange> see(int index, RgbImage predicted, RgbImage truth) {
    Remembered before = latest;
    latest =
        new Remembered(
            index, LumaChroma.chroma(predicted.pixels()), LumaChroma.chroma(truth.pixels()));
    return before == null
            || before.index() != index - 1
            || before.truth().length != latest.truth().length
        ? Optional.empty()
        : Optional.of(
            ChromaChange.between(
                before.prediction(), latest.prediction(), before.truth(), latest.truth()));
  }

  /** Forgets the frame before. */
  public void startAgain() {
    latest = null;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public Map<String, NDArray> state() {
    close();
    if (latest != null) {
      String prefix = "%09d.".formatted(latest.index());
      written.put(prefix + PREDICTION, tensor(latest.prediction()));
      written.put(prefix + TRUTH, tensor(latest.truth()));
    }
    return written;
  }

  private NDArray tensor(float[] chroma) {
    NDArray tensor = NativeArrays.of(manager, chroma, new Shape(chroma.length));
    NDScope.unregister(tensor);
    return tensor;
  }

  @Override
  public void restore(Map<String, NDArray> state) {
    startAgain();
    if (state.isEmpty()) {
      return;
    }
    String name = state.keySet().iterator().next();
    if (!name.matches("[0-9]{9}\\..*")) {
      throw new InvalidInputException("it holds predictions of another kind");
    }
    int index = Integer.parseInt(name.substring(0, name.indexOf('.')));
    String prefix = "%09d.".formatted(index);
    NDArray prediction = state.get(prefix + PREDICTION);
    NDArray truth = state.get(prefix + TRUTH);
    if (prediction == null || truth == null || prediction.size() != truth.size()) {
      throw new InvalidInputException("it holds predictions of another kind");
    }
    latest = new Remembered(index, Transfers.floats(prediction), Transfers.floats(truth));
  }

  /** Frees the tensors that were made for a checkpoint. */
  @Override
  public void close() {
    written.values().forEach(NDArray::close);
    written.clear();
  }
}
