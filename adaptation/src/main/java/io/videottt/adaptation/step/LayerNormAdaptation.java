package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.ChannelMoments;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterSnapshot;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.folder.LayerNormMoments;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.Transfers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * LN Adapt: the recipe of Schneider et al. ("Improving robustness against common corruptions by
 * covariate shift adaptation", 2020) for batch normalisation, applied to the LayerNorms of the
 * encoder f and accumulated over the frames. No gradient is involved. Neither the paper nor the
 * authors' code says what the recipe means for a layer without stored statistics; this is our
 * reading.
 *
 * <p>The recipe replaces a BatchNorm's stored mean and variance of every channel, which describe
 * the training images, by N/(N+n) times themselves plus n/(N+n) times those of n test images. A
 * LayerNorm stores nothing: it normalises each position over the channels. But its normalised
 * output z, before weight w and bias b, has a mean and a variance of every channel over the
 * positions, to which w, b and all that follows were fitted. With (m_s, v_s) measured on training
 * images by f0, (m_t, v_t) accumulated over the n frames so far, and both blended with the recipe's
 * weights to (m, v), the layer is made to pass on what it was fitted to:
 *
 * <pre>
 *   z' = (z - m) sqrt(v_s / v) + m_s,   that is
 *   w' = w sqrt(v_s / v),   b' = b + w (m_s - m sqrt(v_s / v))
 * </pre>
 *
 * <p>For m_s = 0 and v_s = 1, as behind a BatchNorm, this is the recipe itself. A stream with the
 * training images' statistics changes nothing. Only weights and biases of the LayerNorms of f are
 * changed; h stays h0, its LayerNorms included. A frame's statistics are taken in one forward pass
 * with the parameters that the frame before left, then the parameters are set anew, then the frame
 * is predicted.
 */
public final class LayerNormAdaptation implements ResumableState, AutoCloseable {

  /** Keeps the quotient finite for a channel without variance, as in the layer itself. */
  private static final double EPSILON = 1e-5;

  private final SegmentationModel model;
  private final List<Parameter> adapted;
  private final ParameterSnapshot initial;
  private final LayerNormMoments stream;
  private final Map<String, ChannelMoments> source;
  private final Map<String, float[]> trained = new HashMap<>();
  private final int sourceFrames;

  /**
   * Begins a stream.
   *
   * @param model as trained
   * @param initial f0, or at least its LayerNorms; not closed by this object
   * @param source statistics of the training images by the name of the layer
   * @param sourceFrames N
   */
  public LayerNormAdaptation(
      SegmentationModel model,
      ParameterSnapshot initial,
      Map<String, ChannelMoments> source,
      int sourceFrames) {
    this.model = model;
    this.initial = initial;
    this.source = source;
    this.sourceFrames = sourceFrames;
    this.adapted = model.parameters().selectNormAffine(Part.ENCODER);
    this.stream = new LayerNormMoments(model);
    parameters().forEach((name, value) -> trained.put(name, Transfers.floats(value)));
    model.parameters().train(adapted);
  }

  /** The statistics of images by the model as it is. */
  public static Map<String, ChannelMoments> statistics(
      SegmentationModel model, Iterable<RgbImage> images) {
    try (LayerNormMoments moments = new LayerNormMoments(model)) {
      images.forEach(image -> observe(model, moments, image));
      return moments.values();
    }
  }

  /**
   * Takes a frame's statistics and sets the LayerNorms anew.
   *
   * @param working the frame at working resolution
   */
  public void observe(RgbImage working) {
    observe(model, stream, working);
    double share = stream.count() / (double) (sourceFrames + stream.count());
    Map<String, ChannelMoments> seen = stream.values();
    FramePredictor.inScope(
        () -> {
          Map<String, NDArray> corrected = new HashMap<>();
          seen.forEach((layer, moments) -> correct(layer, moments, share, corrected));
          model.parameters().assign(corrected);
          return null;
        });
  }

  @Override
  public NDManager manager() {
    return model.manager();
  }

  @Override
  public Map<String, NDArray> parameters() {
    return Parameters.values(adapted);
  }

  @Override
  public Map<String, NDArray> memory() {
    return stream.state();
  }

  @Override
  public void restore(Map<String, NDArray> parameters, Map<String, NDArray> memory) {
    model.parameters().assign(parameters);
    stream.restore(memory);
  }

  @Override
  public void startAgain() {
    initial.restore(adapted);
    stream.reset();
  }

  /** Leaves the model as it was. */
  @Override
  public void close() {
    initial.restore(adapted);
    stream.close();
    model.parameters().train(model.parameters().all());
  }

  private void correct(
      String layer, ChannelMoments seen, double share, Map<String, NDArray> corrected) {
    ChannelMoments fitted = source.get(layer);
    float[] weight = trained.get(layer + ".weight");
    float[] bias = trained.get(layer + ".bias");
    float[] newWeight = new float[weight.length];
    float[] newBias = new float[weight.length];
    for (int channel = 0; channel < weight.length; channel++) {
      double mean = fitted.mean()[channel];
      double variance = fitted.variance()[channel];
      double blendedMean = mean + share * (seen.mean()[channel] - mean);
      double blendedVariance = variance + share * (seen.variance()[channel] - variance);
      double ratio = Math.sqrt((variance + EPSILON) / (blendedVariance + EPSILON));
      newWeight[channel] = (float) (weight[channel] * ratio);
      newBias[channel] = (float) (bias[channel] + weight[channel] * (mean - blendedMean * ratio));
    }
    Shape shape = new Shape(weight.length);
    corrected.put(layer + ".weight", model.manager().create(newWeight, shape));
    corrected.put(layer + ".bias", model.manager().create(newBias, shape));
  }

  private static void observe(SegmentationModel model, LayerNormMoments moments, RgbImage image) {
    FramePredictor.inScope(
        () -> {
          moments.observe(
              ImageTensors.unmasked(
                  ImageTensors.normalise(
                      model.manager(), List.of(image.pixels()), image.height(), image.width())));
          return null;
        });
  }
}
