package io.videottt.adaptation.locality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.AdaptationRunnerTest;
import io.videottt.adaptation.stream.AlteredVideo;
import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.adaptation.stream.TinyModels;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.model.GradientVector;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Autograd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalityProbeTest {

  private static final AdaptationSettings SETTINGS = AdaptationRunnerTest.SETTINGS;
  private static final SyntheticVideo VIDEO = SyntheticVideo.of("video", 8, 3);
  private static final float RED_DEVIATION = 58.395f;

  private SegmentationModel model;

  @BeforeEach
  void open() {
    model = TinyModels.create(1);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private LocalityEstimate estimate(Video video, int frames, long seed) {
    return new LocalityProbe(model, SyntheticVideo.CLASSES, SETTINGS, 2, seed)
        .estimate(video, Task.SEMANTIC, frames);
  }

  /** Every frame is black but for its red channel, which has ten times the frame's index. */
  private static Video reddening(SyntheticVideo original) {
    return new AlteredVideo(
        original,
        frame -> {
          byte[] pixels = new byte[frame.image().pixels().length];
          for (int pixel = 0; pixel < pixels.length; pixel += 3) {
            pixels[pixel] = (byte) (10 * frame.index());
          }
          RgbImage image = new RgbImage(frame.image().height(), frame.image().width(), pixels);
          return new Frame(frame.index(), frame.name(), image, frame.truth());
        });
  }

  @Test
  void theStepIsTheRootMeanSquareInNormalisedColour() {
    LocalityEstimate estimate = estimate(reddening(VIDEO), 5, 1);
    double expected = Math.sqrt(Math.pow(10 / RED_DEVIATION, 2) / 3);
    assertThat(estimate.steps())
        .hasSize(5)
        .allSatisfy(step -> assertThat(step).isCloseTo(expected, within(1e-6)));
    assertThat(estimate.meanStep()).isCloseTo(expected, within(1e-6));
    assertThat(estimate.highStep()).isCloseTo(expected, within(1e-6));
    assertThat(estimate.gap()).isEqualTo(1);
  }

  @Test
  void neighboursAreFramesEvenWhereAnnotationsAreSparse() {
    SyntheticVideo sparse = new SyntheticVideo("video", 9, 48, 64, 3, false, 4);
    LocalityEstimate estimate = estimate(reddening(sparse), 5, 1);
    double expected = Math.sqrt(Math.pow(10 / RED_DEVIATION, 2) / 3);
    assertThat(estimate.frames()).isEqualTo(2);
    assertThat(estimate.gap()).isEqualTo(4);
    assertThat(estimate.meanStep()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void estimatesAreFiniteAndRepeatBitForBit() {
    LocalityEstimate estimate = estimate(VIDEO, 4, 1);
    assertThat(estimate.frames()).isEqualTo(4);
    assertThat(estimate.sensitivities()).hasSize(4).allMatch(beta -> beta > 0);
    assertThat(estimate.variance()).isPositive().isFinite();
    assertThat(estimate.scale()).isNotNegative().isFinite();
    assertThat(estimate.cosine()).isBetween(-1.0, 1.0);
    assertThat(estimate.bias()).isBetween(0.0, 1.0);
    assertThat(estimate.average().predictedWindow()).isPositive().isFinite();
    assertThat(estimate(VIDEO, 4, 1)).isEqualTo(estimate);
    assertThat(estimate(VIDEO, 4, 2)).isNotEqualTo(estimate);
  }

  @Test
  void theEstimateIsOfTheTargetThatTheDecoderIsFor() {
    AdaptationSettings standardised =
        SETTINGS.with(Map.of("reconstructionTarget", "image-standardised"), "test");
    assertThatThrownBy(() -> new LocalityProbe(model, SyntheticVideo.CLASSES, standardised, 2, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("the estimate", "pixels", "image-standardised");
    LocalityEstimate pixels = estimate(VIDEO, 4, 1);
    model.initialiseReconstruction(1, ReconstructionTarget.IMAGE_STANDARDISED);
    LocalityEstimate other =
        new LocalityProbe(model, SyntheticVideo.CLASSES, standardised, 2, 1)
            .estimate(VIDEO, Task.SEMANTIC, 4);
    assertThat(other.sensitivities()).isEqualTo(pixels.sensitivities());
    assertThat(other.cosine()).isNotEqualTo(pixels.cosine()).isBetween(-1.0, 1.0);
  }

  @Test
  void theModelIsLeftAsItWas() {
    Map<String, List<Float>> before = TinyModels.weights(model, Part.values());
    estimate(VIDEO, 2, 1);
    int arrays = model.manager().getManagedArrays().size();
    estimate(VIDEO, 6, 1);
    assertThat(model.manager().getManagedArrays().size()).isEqualTo(arrays);
    assertThat(TinyModels.weights(model, Part.values())).isEqualTo(before);
  }

  @Test
  void aStillVideoDoesNotDrift() {
    LocalityEstimate estimate = estimate(SyntheticVideo.still("video", 4, 3), 3, 1);
    assertThat(estimate.meanStep()).isZero();
    assertThat(estimate.average().predictedWindow()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void queriesAreEstimatedForEveryTask() {
    try (SegmentationModel queries = TinyModels.mask2Former(1, SyntheticVideo.CLASSES.size())) {
      LocalityProbe probe = new LocalityProbe(queries, SyntheticVideo.CLASSES, SETTINGS, 1, 1);
      for (Task task : List.of(Task.SEMANTIC, Task.PANOPTIC, Task.INSTANCE)) {
        LocalityEstimate estimate = probe.estimate(VIDEO, task, 2);
        assertThat(estimate.meanSensitivity()).as(task.id()).isPositive().isFinite();
        assertThat(estimate.variance()).as(task.id()).isPositive().isFinite();
      }
    }
  }

  @Test
  void aVideoWithoutThreeAnnotatedFramesIsNamed() {
    SyntheticVideo sparse = new SyntheticVideo("dusk", 6, 48, 64, 3, false, 5);
    assertThatThrownBy(() -> estimate(sparse, 4, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("video dusk has 2 frames annotated for semantic");
  }

  @Test
  void momentsAreThoseOfTheVectorsThemselves() {
    // Gradients of sum(w * x) are x: vectors of our choosing.
    float[][] main = {{1, 2}, {3, -1}, {0, 4}};
    float[][] self = {{2, 2}, {1, 0}, {-1, 3}};
    try (GradientMoments moments = new GradientMoments()) {
      for (int i = 0; i < 3; i++) {
        try (GradientVector m = gradient(main[i]);
            GradientVector s = gradient(self[i])) {
          moments.add(m, s);
        }
      }
      // <m, s> = 6 + 3 + 12, |s|^2 = 8 + 1 + 10, |m|^2 = 5 + 10 + 16.
      double scale = 21.0 / 19;
      assertThat(moments.scale()).isCloseTo(scale, withinPercentage(1e-4));
      assertThat(moments.cosine()).isCloseTo(21 / Math.sqrt(31 * 19), withinPercentage(1e-4));
      double variance = 0;
      double squaredMean = 0;
      for (int axis = 0; axis < 2; axis++) {
        double[] difference = new double[3];
        for (int i = 0; i < 3; i++) {
          difference[i] = main[i][axis] - scale * self[i][axis];
        }
        double mean = Arrays.stream(difference).average().orElseThrow();
        squaredMean += mean * mean;
        variance += Arrays.stream(difference).map(d -> (d - mean) * (d - mean)).sum() / 2;
      }
      assertThat(moments.variance()).isCloseTo(variance, withinPercentage(1e-3));
      double corrected = Math.max(0, squaredMean - variance / 3);
      assertThat(moments.bias()).isCloseTo(corrected / (corrected + variance), within(1e-4));
    }
  }

  @Test
  void gradientsThatPointTheOtherWayAreNotScaled() {
    try (GradientMoments moments = new GradientMoments();
        GradientVector one = gradient(1, 2);
        GradientVector other = gradient(-1, -1)) {
      moments.add(one, other);
      moments.add(one, other);
      assertThat(moments.scale()).isZero();
      assertThat(moments.cosine()).isNegative();
      assertThat(moments.variance()).isCloseTo(0, within(1e-6));
      assertThat(moments.bias()).isCloseTo(1, within(1e-6));
    }
  }

  /** The encoder's gradient with these values in its first parameter and zeros elsewhere. */
  private GradientVector gradient(float... values) {
    NDArray weight = model.parameters().select(Part.ENCODER).get(0).value();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] padded = Arrays.copyOf(values, Math.toIntExact(weight.size()));
      NDArray direction = model.manager().create(padded, weight.getShape()).duplicate();
      Autograd.backward(() -> weight.mul(direction).sum());
    }
    return GradientVector.take(model.parameters(), Part.ENCODER);
  }

  @Test
  void percentilesAreLinearBetweenTheValues() {
    assertThat(LocalityEstimate.percentile(List.of(3.0, 1.0, 2.0), 0.5)).isEqualTo(2);
    assertThat(LocalityEstimate.percentile(List.of(0.0, 10.0), 0.95)).isCloseTo(9.5, within(1e-12));
    assertThat(LocalityEstimate.percentile(List.of(7.0), 0.95)).isEqualTo(7);
    assertThat(LocalityEstimate.percentile(List.of(), 0.95)).isZero();
  }

  @Test
  void videosArePooledByTheirFrames() {
    LocalityEstimate first = new LocalityEstimate(List.of(1.0), List.of(2.0), 1, 1, 0.5, 4, 0.2);
    LocalityEstimate second =
        new LocalityEstimate(List.of(2.0, 3.0), List.of(4.0, 6.0), 4, 4, 0.8, 1, 0.5);
    LocalityEstimate pooled = LocalityEstimate.pooled(List.of(first, second));
    assertThat(pooled.steps()).containsExactly(1.0, 2.0, 3.0);
    assertThat(pooled.meanStep()).isEqualTo(2);
    assertThat(pooled.meanSensitivity()).isEqualTo(4);
    assertThat(pooled.gap()).isCloseTo(3, within(1e-12));
    assertThat(pooled.variance()).isCloseTo(2, within(1e-12));
    assertThat(pooled.bias()).isCloseTo(0.4, within(1e-12));
  }
}
