package io.videottt.model.folder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.model.ChannelMoments;
import io.videottt.model.InputPadding;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.optimizer.ParameterState;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statistics of what the LayerNorms of the encoder f pass on: for every channel the mean and the
 * mean square of the normalised activations, before weight and bias, over all positions of all
 * images that were observed, those in the padding left out. A LayerNorm itself normalises every
 * position by its own mean and deviation over the channels and keeps no statistics; these are those
 * that a BatchNorm would keep.
 */
public final class LayerNormMoments implements AutoCloseable {

  private static final String WEIGHT = ".weight";

  private final SegmentationModel model;
  private final List<String> layers = new ArrayList<>();
  private final ParameterState state = new ParameterState();
  private final List<NDArray> means;
  private final List<NDArray> meanSquares;
  private final NDArray count;

  /** Without any observation. */
  public LayerNormMoments(SegmentationModel model) {
    this.model = model;
    List<Parameter> weights =
        model.parameters().selectNormAffine(Part.ENCODER).stream()
            .filter(parameter -> parameter.name().endsWith(WEIGHT))
            .toList();
    for (Parameter weight : weights) {
      layers.add(weight.name().substring(0, weight.name().length() - WEIGHT.length()));
    }
    means = state.add("mean", weights, false);
    meanSquares = state.add("mean_square", weights, false);
    count = state.add("count", weights.subList(0, 1), true).get(0);
  }

  /** The number of images that were observed. */
  public long count() {
    return (long) Transfers.number(count);
  }

  /**
   * Encodes an image by the model as it is and takes its statistics into the averages. Called
   * without gradient.
   *
   * @param image [1, 4, H, W], what the encoder takes
   */
  public void observe(NDArray image) {
    if (image.getShape().get(0) != 1) {
      throw new IllegalArgumentException("a batch of " + image.getShape().get(0));
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, float[]> observed = new LinkedHashMap<>();
      model
          .network()
          .encode(
              image,
              (layer, input, epsilon) ->
                  observed.put(layer, Transfers.floats(moments(image, input, epsilon))));
      long images = count() + 1;
      for (int i = 0; i < layers.size(); i++) {
        float[] moments = observed.get(layers.get(i));
        int channels = moments.length / 2;
        average(means.get(i), Arrays.copyOf(moments, channels), images);
        average(meanSquares.get(i), Arrays.copyOfRange(moments, channels, moments.length), images);
      }
      copy(new float[] {images}, count);
    }
  }

  /** Of the positions of a map [1, h, w, C] that show the image, not its padding. */
  private NDArray moments(NDArray image, NDArray map, double epsilon) {
    InputPadding padding = model.configuration().padding();
    int height = Math.toIntExact(image.getShape().get(2));
    int width = Math.toIntExact(image.getShape().get(3));
    if (!padding.pads(height, width)) {
      return TensorFunctions.call(map.getManager(), "norm_moments", map, epsilon);
    }
    return TensorFunctions.call(
        map.getManager(),
        "norm_moments_within",
        map,
        epsilon,
        covered(map.getShape().get(1), height, padding.side(height)),
        covered(map.getShape().get(2), width, padding.side(width)));
  }

  /** The positions that show at least one pixel of a side. */
  private static long covered(long positions, long side, long padded) {
    return (positions * side + padded - 1) / padded;
  }

  /** The statistics of every layer by the name of the layer. */
  public Map<String, ChannelMoments> values() {
    Map<String, ChannelMoments> values = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      float[] mean = Transfers.floats(means.get(i));
      float[] meanSquare = Transfers.floats(meanSquares.get(i));
      double[] exactMean = new double[mean.length];
      double[] variance = new double[mean.length];
      for (int channel = 0; channel < mean.length; channel++) {
        exactMean[channel] = mean[channel];
        variance[channel] =
            Math.max(0, meanSquare[channel] - (double) mean[channel] * mean[channel]);
      }
      values.put(layers.get(i), new ChannelMoments(exactMean, variance));
    }
    return values;
  }

  /** The averages, to be written to a checkpoint. They stay owned by this object. */
  public Map<String, NDArray> state() {
    return state.tensors();
  }

  /**
   * Copies averages in.
   *
   * @param saved as {@link #state()} names them
   * @throws io.videottt.base.InvalidInputException when names or shapes do not fit
   */
  public void restore(Map<String, NDArray> saved) {
    state.restore(saved);
  }

  /** Forgets every observation. */
  public void reset() {
    state.zero();
  }

  @Override
  public void close() {
    state.close();
  }

  private void average(NDArray average, float[] value, long images) {
    float[] old = Transfers.floats(average);
    for (int channel = 0; channel < value.length; channel++) {
      old[channel] += (value[channel] - old[channel]) / images;
    }
    copy(old, average);
  }

  private void copy(float[] values, NDArray target) {
    NDArray source = NativeArrays.of(model.manager(), values, target.getShape());
    TensorFunctions.copyAll(List.of(target), List.of(source));
  }
}
