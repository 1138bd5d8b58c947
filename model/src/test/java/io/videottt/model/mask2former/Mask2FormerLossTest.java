package io.videottt.model.mask2former;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.Prediction;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.TargetSegment;
import io.videottt.model.mask2former.Mask2FormerConfiguration.Extras;
import io.videottt.model.mask2former.Mask2FormerConfiguration.Loss;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Mask2FormerLossTest {

  private static final int BATCH = 2;
  private static final int QUERIES = 4;
  private static final int CLASSES = 3;
  private static final List<Integer> ALL_CLASSES = List.of(0, 1, 2);
  private static final int MAP = 6;
  private static final int IMAGE = 4 * MAP;

  private NDManager manager;
  private NDScope scope;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    scope = new NDScope();
    scope.suppressNotUsedWarning();
  }

  @AfterEach
  void close() {
    scope.close();
    manager.close();
  }

  @Test
  void agreesWithPlainArithmetic() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean perClass = seed % 4 == 3;
      List<Double> weights = seed % 2 == 0 ? List.of() : List.of(1.0, 3.0, 0.5);
      Loss settings = settings(16, new Extras(perClass ? ALL_CLASSES : List.of(), 0, weights));
      List<byte[]> labels = labels(random);
      Prediction.Queries prediction = prediction(random, 1.5);

      NDArray loss =
          new Mask2FormerLoss(CLASSES, settings)
              .of(List.of(prediction), targets(labels), IMAGE, IMAGE, new SplittableRandom(7));
      double expected =
          new ReferenceMaskLoss(settings, CLASSES, new SplittableRandom(7))
              .of(images(prediction), segments(labels));

      assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-4 * expected));
    }
  }

  @Test
  void addsTheLayersUp() {
    SplittableRandom random = new SplittableRandom(1);
    Loss settings = settings(16, new Extras(List.of(), 0, List.of()));
    List<byte[]> labels = labels(random);
    List<Prediction.Queries> layers =
        List.of(prediction(random, 1), prediction(random, 1), prediction(random, 1));
    ReferenceMaskLoss reference = new ReferenceMaskLoss(settings, CLASSES, new SplittableRandom(7));
    double expected = 0;
    for (Prediction.Queries layer : layers) {
      expected += reference.of(images(layer), segments(labels));
    }

    NDArray loss =
        new Mask2FormerLoss(CLASSES, settings)
            .of(layers, targets(labels), IMAGE, IMAGE, new SplittableRandom(7));

    assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-4 * expected));
  }

  @Test
  void addsTheCrossEntropyOfThePixelsClassScores() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> labels = labels(random);
    Prediction.Queries prediction = prediction(random, 1);
    float[] losses = new float[2];
    for (int weight = 0; weight < 2; weight++) {
      losses[weight] =
          new Mask2FormerLoss(CLASSES, settings(16, new Extras(List.of(), weight, List.of())))
              .of(List.of(prediction), targets(labels), IMAGE, IMAGE, new SplittableRandom(7))
              .getFloat();
    }

    double expected = 0;
    int pixels = 0;
    List<ReferenceMaskLoss.Image> images = images(prediction);
    for (int image = 0; image < BATCH; image++) {
      for (int row = 0; row < MAP; row++) {
        for (int column = 0; column < MAP; column++) {
          int label = labels.get(image)[(4 * row + 2) * IMAGE + 4 * column + 2] & 0xFF;
          if (label != 255) {
            double[] scores = new double[CLASSES];
            for (int query = 0; query < QUERIES; query++) {
              double logit = images.get(image).maskLogits()[query][row][column];
              double[] classes = ReferenceMaskLoss.softmax(images.get(image).classLogits()[query]);
              for (int k = 0; k < CLASSES; k++) {
                scores[k] += classes[k] / (1 + Math.exp(-logit));
              }
            }
            expected -= Math.log(scores[label] / (scores[0] + scores[1] + scores[2]));
            pixels++;
          }
        }
      }
    }
    assertThat((double) losses[1] - losses[0]).isCloseTo(expected / pixels, within(1e-4));
  }

  @Test
  void hasTheGradientsOfFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(3);
    // No importance sampling: which points are least certain jumps under a finite difference.
    Loss settings = new Loss(2, 5, 5, 0.1, 64, 3, 0, new Extras(List.of(), 2, List.of()));
    List<byte[]> labels = labels(random);
    Prediction.Queries prediction = prediction(random, 1);
    List<NDArray> inputs = List.of(prediction.classLogits(), prediction.maskLogits());
    inputs.forEach(input -> input.setRequiresGradient(true));
    Supplier<NDArray> loss =
        () ->
            new Mask2FormerLoss(CLASSES, settings)
                .of(List.of(prediction), targets(labels), IMAGE, IMAGE, new SplittableRandom(7));

    Autograd.backward(loss);

    for (NDArray input : inputs) {
      NDArray gradient = input.getGradient().duplicate();
      double norm = Math.sqrt(gradient.mul(gradient).sum().getFloat());
      NDArray step = gradient.mul((float) (5e-3 / norm));
      double difference =
          Autograd.withoutGradient(
              () -> {
                input.addi(step);
                double above = loss.get().getFloat();
                input.subi(step).subi(step);
                double below = loss.get().getFloat();
                input.addi(step);
                return (above - below) / 1e-2;
              });
      assertThat(norm).isGreaterThan(0.01);
      assertThat(difference).isCloseTo(norm, within(0.02 * norm));
    }
  }

  @Test
  void asksForNoObjectsWhereNothingIsLabelled() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] nothing = new byte[IMAGE * IMAGE];
    java.util.Arrays.fill(nothing, (byte) 255);
    Loss settings = settings(16, new Extras(List.of(), 1, List.of()));
    Prediction.Queries prediction = prediction(random, 1);

    float loss =
        new Mask2FormerLoss(CLASSES, settings)
            .of(
                List.of(prediction),
                targets(List.of(nothing, nothing)),
                IMAGE,
                IMAGE,
                new SplittableRandom(7))
            .getFloat();

    double expected =
        new ReferenceMaskLoss(settings, CLASSES, new SplittableRandom(7))
            .of(images(prediction), segments(List.of(nothing, nothing)));
    assertThat((double) loss).isCloseTo(expected, within(1e-5));
  }

  @Test
  void matchesAsManySegmentsAsThereAreQueries() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] mask = new byte[IMAGE * IMAGE];
    mask[5] = 1;
    List<TargetSegment> many =
        Collections.nCopies(QUERIES + 3, new TargetSegment(1, mask, IMAGE, IMAGE));

    List<SegmentMatcher.Match> matches =
        new SegmentMatcher(settings(16, new Extras(List.of(), 0, List.of())))
            .match(prediction(random, 1), List.of(many, List.of()), random);

    assertThat(matches).hasSize(QUERIES).allMatch(match -> match.image() == 0);
    assertThat(matches.stream().map(SegmentMatcher.Match::query)).doesNotHaveDuplicates();
  }

  @Test
  void matchesOnlyWhatHasNoQueryOfItsOwn() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] mask = new byte[IMAGE * IMAGE];
    mask[5] = 1;
    TargetSegment own = new TargetSegment(2, mask, IMAGE, IMAGE);
    TargetSegment other = new TargetSegment(1, mask, IMAGE, IMAGE);
    SegmentMatcher matcher =
        new SegmentMatcher(settings(16, new Extras(List.of(2, 0), 0, List.of())));

    List<SegmentMatcher.Match> matches =
        matcher.match(
            prediction(random, 1), List.of(List.of(other, own, other), List.of(own)), random);

    assertThat(matches)
        .filteredOn(match -> match.segment() == own)
        .extracting(SegmentMatcher.Match::query)
        .containsExactly(0, 0);
    assertThat(matches)
        .filteredOn(match -> match.segment() == other)
        .allMatch(match -> match.query() >= 2)
        .hasSize(2);
    assertThat(matches.stream().filter(match -> match.image() == 0).map(match -> match.query()))
        .doesNotHaveDuplicates();
  }

  @Test
  void segmentsWithoutAFreeQueryStayWithout() {
    SplittableRandom random = new SplittableRandom(1);
    TargetSegment segment = new TargetSegment(0, new byte[IMAGE * IMAGE], IMAGE, IMAGE);
    List<Integer> own = IntStream.range(1, QUERIES + 1).boxed().toList();

    assertThat(
            new SegmentMatcher(settings(16, new Extras(own, 0, List.of())))
                .match(prediction(random, 1), List.of(List.of(segment), List.of()), random))
        .isEmpty();
  }

  @Test
  void becomesNotANumberWithThePrediction() {
    SplittableRandom random = new SplittableRandom(1);
    Prediction.Queries prediction = prediction(random, Float.NaN);

    float loss =
        new Mask2FormerLoss(CLASSES, settings(16, new Extras(List.of(), 0, List.of())))
            .of(List.of(prediction), targets(labels(random)), IMAGE, IMAGE, random)
            .getFloat();

    assertThat(loss).isNaN();
  }

  private static Loss settings(int points, Extras extras) {
    return new Loss(2, 5, 5, 0.1, points, 3, 0.75, extras);
  }

  private Prediction.Queries prediction(SplittableRandom random, double scale) {
    return new Prediction.Queries(
        normal(random, scale, new Shape(BATCH, QUERIES, CLASSES + 1)),
        normal(random, scale, new Shape(BATCH, QUERIES, MAP, MAP)));
  }

  private NDArray normal(SplittableRandom random, double scale, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (scale * random.nextGaussian());
    }
    return NativeArrays.of(manager, values, shape);
  }

  private static List<ReferenceMaskLoss.Image> images(Prediction.Queries prediction) {
    float[] classes = prediction.classLogits().toFloatArray();
    float[] masks = prediction.maskLogits().toFloatArray();
    List<ReferenceMaskLoss.Image> images = new ArrayList<>();
    int nextClass = 0;
    int nextMask = 0;
    for (int image = 0; image < BATCH; image++) {
      double[][] classLogits = new double[QUERIES][CLASSES + 1];
      double[][][] maskLogits = new double[QUERIES][MAP][MAP];
      for (int query = 0; query < QUERIES; query++) {
        for (int k = 0; k <= CLASSES; k++) {
          classLogits[query][k] = classes[nextClass++];
        }
        for (double[] row : maskLogits[query]) {
          for (int column = 0; column < MAP; column++) {
            row[column] = masks[nextMask++];
          }
        }
      }
      images.add(new ReferenceMaskLoss.Image(classLogits, maskLogits));
    }
    return images;
  }

  /** Vertical bands of random classes, a few pixels ignored. */
  private static List<byte[]> labels(SplittableRandom random) {
    List<byte[]> all = new ArrayList<>();
    for (int image = 0; image < BATCH; image++) {
      byte[] labels = new byte[IMAGE * IMAGE];
      int[] bands = random.ints(4, 0, CLASSES).toArray();
      for (int pixel = 0; pixel < labels.length; pixel++) {
        int label = random.nextInt(10) == 0 ? 255 : bands[pixel % IMAGE * 4 / IMAGE];
        labels[pixel] = (byte) label;
      }
      all.add(labels);
    }
    return all;
  }

  private static List<SegmentationTarget> targets(List<byte[]> labels) {
    return labels.stream()
        .map(image -> SegmentationTarget.ofLabels(image, IMAGE, IMAGE, CLASSES))
        .toList();
  }

  private static List<List<TargetSegment>> segments(List<byte[]> labels) {
    return labels.stream()
        .map(image -> TargetSegment.ofLabels(image, IMAGE, IMAGE, CLASSES))
        .toList();
  }
}
