package io.videottt.adaptation.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.frames.WorkingSize.Size;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Temporal smoothing: the class probabilities of the latest frames are averaged at working
 * resolution, then the highest wins. Each frame's were predicted with the parameters of its moment,
 * so they are kept, as the head's tensors: a sixteenth of the pixels, from which the probabilities
 * are made anew at every frame, exactly.
 *
 * <p>A pixel's probabilities are the softmax of its logits or, of queries, its scores divided by
 * their sum.
 */
public final class TemporalSmoothing implements SemanticInference, FrameMemory {

  /** Guards against pixels that no query claims at all. */
  private static final float LEAST_SUM = 1e-30f;

  private static final int CLASS_DIMENSION = 1;

  private final int window;
  private final FramePredictor predictor;
  private final Deque<Prediction> latest = new ArrayDeque<>();

  /** Of the frames before; null until one has gone by. Padded, frames of other sizes look alike. */
  private Size latestSize;

  /**
   * @param window n, at least 2
   */
  TemporalSmoothing(int window, FramePredictor predictor) {
    this.window = window;
    this.predictor = predictor;
  }

  @Override
  public LabelMap infer(int frame, RgbImage working, FramePredictor.Output output) {
    Size size = new Size(output.rows(), output.columns());
    if (!latest.isEmpty() && latestSize != null && !latestSize.equals(size)) {
      throw differentSizes();
    }
    latestSize = size;
    remember(output.prediction());
    NDArray sum = probabilities(latest.getFirst(), output);
    latest.stream()
        .skip(1)
        .forEach(
            prediction ->
                FramePredictor.inScope(() -> sum.addi(probabilities(prediction, output))));
    // The largest sum is the largest mean.
    return predictor.labels(sum, output);
  }

  private NDArray probabilities(Prediction prediction, FramePredictor.Output output) {
    NDArray scores = predictor.semanticScores(prediction, output.rows(), output.columns());
    if (prediction instanceof Prediction.Dense) {
      return scores.softmax(CLASS_DIMENSION);
    }
    NDArray total = scores.sum(new int[] {CLASS_DIMENSION}, true);
    return scores.div(total.clip(LEAST_SUM, Float.MAX_VALUE));
  }

  private void remember(Prediction prediction) {
    if (!latest.isEmpty() && !shapes(prediction).equals(shapes(latest.getLast()))) {
      throw differentSizes();
    }
    if (latest.size() == window) {
      tensors(latest.removeFirst()).values().forEach(NDArray::close);
    }
    latest.addLast(copy(prediction));
  }

  private static InvalidInputException differentSizes() {
    return new InvalidInputException(
        "temporal smoothing needs frames of one size; set height and width, or smoothing 1");
  }

  /** A copy that outlives the scope around the call. */
  private static Prediction copy(Prediction prediction) {
    List<NDArray> copies = new ArrayList<>();
    for (NDArray tensor : tensors(prediction).values()) {
      NDArray copy = tensor.duplicate();
      NDScope.unregister(copy);
      copies.add(copy);
    }
    return of(copies);
  }

  private static Prediction of(List<NDArray> tensors) {
    return tensors.size() == 1
        ? new Prediction.Dense(tensors.get(0))
        : new Prediction.Queries(tensors.get(0), tensors.get(1));
  }

  private static Map<String, NDArray> tensors(Prediction prediction) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    if (prediction instanceof Prediction.Queries queries) {
      tensors.put("class_logits", queries.classLogits());
      tensors.put("mask_logits", queries.maskLogits());
    } else if (prediction instanceof Prediction.Dense dense) {
      tensors.put("logits", dense.logits());
    }
    return tensors;
  }

  private static List<String> shapes(Prediction prediction) {
    return tensors(prediction).values().stream().map(t -> t.getShape().toString()).toList();
  }

  @Override
  public Optional<FrameMemory> memory() {
    return Optional.of(this);
  }

  /** {@inheritDoc} Oldest first in the order of the names. */
  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new TreeMap<>();
    int position = 0;
    for (Prediction prediction : latest) {
      String prefix = "%04d.".formatted(position++);
      tensors(prediction).forEach((name, tensor) -> state.put(prefix + name, tensor));
    }
    return state;
  }

  @Override
  public NDManager manager() {
    return predictor.manager();
  }

  @Override
  public void restore(Map<String, NDArray> state) {
    startAgain();
    Map<String, List<NDArray>> byFrame = new TreeMap<>();
    new TreeMap<>(state)
        .forEach(
            (name, tensor) ->
                byFrame
                    .computeIfAbsent(name.replaceFirst("\\..*", ""), key -> new ArrayList<>())
                    .add(tensor));
    if (byFrame.size() > window || byFrame.values().stream().anyMatch(list -> list.size() > 2)) {
      throw new InvalidInputException("it holds predictions of another kind");
    }
    FramePredictor.inScope(
        () -> {
          byFrame.values().forEach(tensors -> latest.addLast(copy(of(tensors))));
          return latest;
        });
  }

  @Override
  public void startAgain() {
    latest.forEach(prediction -> tensors(prediction).values().forEach(NDArray::close));
    latest.clear();
  }

  @Override
  public void close() {
    startAgain();
  }
}
