package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.videottt.metrics.RunLengthMask;
import io.videottt.model.Prediction;
import io.videottt.model.tensor.TorchScript;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tensor part of Mask2Former's inference for one image (Cheng et al., 2022; method.md, Section
 * 6): masks are enlarged bilinearly from a quarter to the whole padded input, cropped to the input
 * and resized to the image's own size. What is decided per query or segment is left to the caller.
 * Runs where the tensors are, a few maps of the image's size at a time; leaves the prediction as it
 * is. To be used within the scope of the prediction, without gradient.
 */
public final class MaskInference {

  private static final TorchScript FUNCTIONS =
      new TorchScript(MaskInference.class, "mask_inference.py");

  private final NDArray classLogits;
  private final NDArray maskLogits;
  private final long[] inputSize;
  private final long[] imageSize;
  private NDArray classProbabilities;

  /**
   * Which query is the most probable at every pixel.
   *
   * @param pixels [height, width] the position k in the list of queries of the one with the largest
   *     class probability x mask probability, the first one of equals, where its mask covers the
   *     pixel; -1 - k where its mask probability is below 0.5
   * @param areas pixels of the image that each query's mask covers
   */
  public record Winners(int[] pixels, long[] areas) {}

  /**
   * A query's mask.
   *
   * @param mask where the logits are positive, at the image's size; may be empty
   * @param probability mean mask probability inside, 0 for an empty mask
   */
  public record ScoredMask(RunLengthMask mask, float probability) {}

  /**
   * @param prediction of a batch of one
   * @param inputHeight rows of the encoder's input
   * @param inputWidth columns of the encoder's input
   * @param imageHeight rows of the image
   * @param imageWidth columns of the image
   */
  public MaskInference(
      Prediction.Queries prediction,
      int inputHeight,
      int inputWidth,
      int imageHeight,
      int imageWidth) {
    this.classLogits = prediction.classLogits();
    this.maskLogits = prediction.maskLogits();
    if (classLogits.getShape().get(0) != 1 || maskLogits.getShape().get(0) != 1) {
      throw new IllegalArgumentException(
          "inference of one image, not of a batch of " + classLogits.getShape().get(0));
    }
    this.inputSize = new long[] {inputHeight, inputWidth};
    this.imageSize = new long[] {imageHeight, imageWidth};
  }

  /** Rows of the image. */
  public int height() {
    return (int) imageSize[0];
  }

  /** Columns of the image. */
  public int width() {
    return (int) imageSize[1];
  }

  /**
   * The softmax over the classes.
   *
   * @return [Q][K + 1], the last column is "no object"; none of them is a number where a logit of a
   *     class or mask is not finite
   */
  public float[][] classProbabilities() {
    int columns = Math.toIntExact(classLogits.getShape().get(2));
    float[] values = Transfers.floats(classProbabilityTensor());
    float[][] probabilities = new float[values.length / columns][];
    for (int query = 0; query < probabilities.length; query++) {
      probabilities[query] = Arrays.copyOfRange(values, query * columns, (query + 1) * columns);
    }
    return probabilities;
  }

  /**
   * Lets queries compete for the pixels with their most probable class.
   *
   * @param queries ascending, at least one
   */
  public Winners winners(long[] queries) {
    NDList result =
        callForList(
            "winners",
            classProbabilityTensor(),
            maskLogits,
            queries,
            factor(),
            inputSize,
            imageSize);
    return new Winners(Transfers.ints(result.get(0)), Transfers.longs(result.get(1)));
  }

  /**
   * The masks of queries, which may overlap.
   *
   * @param queries any, at least one
   * @return in the order of the queries
   */
  public List<ScoredMask> masks(long[] queries) {
    NDList result = callForList("masks", maskLogits, queries, factor(), inputSize, imageSize);
    float[] probabilities = Transfers.floats(result.get(0));
    long[] counts = Transfers.longs(result.get(1));
    long[] borders = Transfers.longs(result.get(2));
    List<ScoredMask> masks = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < queries.length; i++) {
      int end = first + Math.toIntExact(counts[i]);
      masks.add(new ScoredMask(runs(borders, first, end), probabilities[i]));
      first = end;
    }
    return masks;
  }

  private RunLengthMask runs(long[] borders, int first, int end) {
    int[] runs = new int[end - first + 1];
    long position = 0;
    for (int i = first; i < end; i++) {
      runs[i - first] = (int) (borders[i] - position);
      position = borders[i];
    }
    runs[end - first] = (int) (imageSize[0] * imageSize[1] - position);
    return new RunLengthMask(height(), width(), runs);
  }

  private NDArray classProbabilityTensor() {
    if (classProbabilities == null) {
      classProbabilities = call("class_probabilities", classLogits, maskLogits);
    }
    return classProbabilities;
  }

  /** Masks are as fine as the reconstruction's patches. */
  private static long factor() {
    return Mask2FormerConfiguration.RECONSTRUCTION_PATCH;
  }

  private NDArray call(String function, Object... arguments) {
    return FUNCTIONS.call(maskLogits.getManager(), function, arguments);
  }

  private NDList callForList(String function, Object... arguments) {
    return FUNCTIONS.callForList(maskLogits.getManager(), function, arguments);
  }
}
