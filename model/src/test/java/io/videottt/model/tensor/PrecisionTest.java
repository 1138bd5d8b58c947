package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.FeatureMaps;
import io.videottt.model.GradientVector;
import io.videottt.model.Network;
import io.videottt.model.NormObserver;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.folder.SegmentationModel;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped networks in mixed precision against themselves in single precision. */
class PrecisionTest {

  private static final int HEIGHT = 96;
  private static final int WIDTH = 160;

  @ParameterizedTest
  @CsvSource({
    "demo, BF16, 0.99", "demo-mask2former, BF16, 0.99",
    "demo, FP16, 0.999", "demo-mask2former, FP16, 0.999"
  })
  void aStepInMixedPrecisionGoesTheSameWay(String folder, Precision precision, double cosine) {
    try (SegmentationModel model = model(folder)) {
      NDManager manager = model.manager();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray images = waves(manager);
        NDArray visible =
            PatchMask.draw(new SplittableRandom(3), manager, 2, HEIGHT, WIDTH, 8, 0.8);
        model.parameters().train(model.parameters().select(Part.ENCODER, Part.RECONSTRUCTION));
        Step single = step(model, images, visible, Precision.FP32);
        Step mixed = step(model, images, visible, precision);

        assertThat(mixed.loss).isCloseTo(single.loss, within(0.02 * single.loss));
        // It was computed in another precision at all.
        assertThat(mixed.loss).isNotEqualTo(single.loss);
        double product = single.gradient.dot(mixed.gradient);
        assertThat(product / Math.sqrt(single.gradient.dot(single.gradient)))
            .isGreaterThan(cosine * Math.sqrt(mixed.gradient.dot(mixed.gradient)));
        assertThat(step(model, images, visible, Precision.FP32).loss).isEqualTo(single.loss);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"demo, BF16", "demo-mask2former, BF16", "demo, FP16", "demo-mask2former, FP16"})
  void nearlyEveryPixelIsOfTheSameClass(String folder, Precision precision) {
    try (SegmentationModel model = model(folder)) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray images = waves(model.manager());
        NDArray single = classes(model, images, Precision.FP32);
        NDArray mixed = classes(model, images, precision);

        double same = single.eq(mixed).toType(DataType.FLOAT32, true).mean().getFloat();
        assertThat(same).isGreaterThan(0.97);
      }
    }
  }

  private static SegmentationModel model(String folder) {
    return SegmentationModel.load(
        new Path("../conf/models/" + folder + "/joint"), new Configuration(), Device.cpu());
  }

  private record Step(double loss, GradientVector gradient) {}

  private static Step step(
      SegmentationModel model, NDArray images, NDArray visible, Precision precision) {
    double loss =
        precision.within(
            () ->
                (double)
                    Transfers.number(
                        Autograd.backward(
                            () ->
                                ReconstructionLoss.ofPixels(false)
                                    .of(model.network(), images, visible))));
    return new Step(loss, GradientVector.take(model.parameters(), Part.ENCODER));
  }

  private static NDArray classes(SegmentationModel model, NDArray images, Precision precision) {
    return precision.within(
        () ->
            Autograd.withoutGradient(
                () -> {
                  Network network = model.network();
                  FeatureMaps maps =
                      network.encode(
                          images.concat(images.get(":, :1").onesLike(), 1), NormObserver.NONE);
                  return network.semanticScores(network.predict(maps), HEIGHT, WIDTH).argMax(1);
                }));
  }

  /** Smooth pictures with some noise, normalised as images are. [2, 3, H, W] */
  private static NDArray waves(NDManager manager) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[2 * 3 * HEIGHT * WIDTH];
    for (int place = 0; place < values.length; place++) {
      int column = place % WIDTH;
      int row = place / WIDTH % HEIGHT;
      int plane = place / WIDTH / HEIGHT;
      values[place] =
          (float)
              (Math.sin(row * 0.05 * (plane + 1))
                  + Math.cos(column * 0.03 * (6 - plane))
                  + 0.2 * random.nextGaussian());
    }
    return manager.create(values, new Shape(2, 3, HEIGHT, WIDTH));
  }
}
