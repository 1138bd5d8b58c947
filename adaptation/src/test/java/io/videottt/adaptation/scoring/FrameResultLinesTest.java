package io.videottt.adaptation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.ColourCounts;
import io.videottt.metrics.DetectionOutcome;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.SemanticCounts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameResultLinesTest {

  private static final int CLASSES = 5;

  @Test
  void everyNumberComesBackWithTheSameBits() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FrameResult result = result(random, score(random));

      FrameResult read = FrameResultLines.read(FrameResultLines.write(result), "test");

      assertThat(read.gradientNorm()).isEqualTo(result.gradientNorm());
      assertThat(read.reconstructionLossAfter()).isNaN();
      assertThat(read.value()).isEqualTo(result.value());
      assertThat(read.score().map(FrameScore::released))
          .isEqualTo(result.score().map(FrameScore::released));
      assertThat(FrameResultLines.write(read)).isEqualTo(FrameResultLines.write(result));
      assertThat(FrameResultLines.write(result)).doesNotContain("\n");
    }
  }

  @Test
  void detectionsKeepTheirOrderAndOutcomes() {
    InstanceCounts counts = instanceCounts(new SplittableRandom(3));
    FrameScore.Instance score = new FrameScore.Instance(counts);
    FrameResult result = result(new SplittableRandom(1), score);
    InstanceCounts read =
        ((FrameScore.Instance)
                FrameResultLines.read(FrameResultLines.write(result), "test").score().orElseThrow())
            .counts();
    for (int classId = 0; classId < CLASSES; classId++) {
      assertThat(read.detections(classId))
          .usingRecursiveComparison()
          .isEqualTo(counts.detections(classId));
      for (AreaRange range : AreaRange.values()) {
        assertThat(read.truths(classId, range)).isEqualTo(counts.truths(classId, range));
        assertThat(read.averagePrecision(range)).isEqualTo(counts.averagePrecision(range));
      }
    }
  }

  @Test
  void aLineOfAnEarlierVersionHasNoReleasedCounts() {
    SplittableRandom random = new SplittableRandom(8);
    FrameScore.Panoptic score =
        new FrameScore.Panoptic(panopticCounts(random), Optional.of(panopticCounts(random)));
    String line = FrameResultLines.write(result(random, score));
    String earlier = line.replaceFirst(",\"released\":\\[[^]]*]", "");
    assertThat(earlier).isNotEqualTo(line);

    FrameScore read = FrameResultLines.read(earlier, "test").score().orElseThrow();

    assertThat(read.value()).isEqualTo(score.value());
    assertThat(read.released()).isEmpty();
  }

  @Test
  void damagedLinesAreRefusedWithTheFile() {
    String line = FrameResultLines.write(result(new SplittableRandom(1), null));
    for (String damaged :
        new String[] {
          "", "{}x", line.substring(0, line.length() / 2), line.replace("\"index\"", "\"indices\"")
        }) {
      assertThatThrownBy(() -> FrameResultLines.read(damaged, "part.jsonl"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("part.jsonl: a frame's result is damaged");
    }
  }

  private static FrameResult result(SplittableRandom random, FrameScore score) {
    return new FrameResult(
        random.nextInt(1000),
        "name \"%d\"".formatted(random.nextInt()),
        score == null ? Task.INSTANCE : score.task(),
        score != null,
        Optional.ofNullable(score),
        random.nextDouble() / 3,
        Double.NaN,
        random.nextDouble() * 1e-300,
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        preview(random),
        random.nextBoolean() ? Map.of() : Map.of("metric_own", random.nextDouble() / 3));
  }

  private static Optional<FramePreview> preview(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> Optional.of(new FramePreview(picture(random), Optional.empty(), Optional.empty()));
      case 1 ->
          Optional.of(
              new FramePreview(
                  picture(random), Optional.of(picture(random)), Optional.of(picture(random))));
      default -> Optional.empty();
    };
  }

  private static byte[] picture(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(1, 60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static FrameScore score(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        SemanticCounts counts = new SemanticCounts(CLASSES);
        byte[] truth = new byte[50];
        byte[] prediction = new byte[50];
        for (int pixel = 0; pixel < truth.length; pixel++) {
          truth[pixel] = (byte) random.nextInt(CLASSES);
          prediction[pixel] = (byte) random.nextInt(CLASSES);
        }
        counts.add(truth, prediction);
        yield new FrameScore.Semantic(counts);
      }
      case 1 ->
          random.nextBoolean()
              ? new FrameScore.Panoptic(panopticCounts(random))
              : new FrameScore.Panoptic(
                  panopticCounts(random), Optional.of(panopticCounts(random)));
      case 2 ->
          new FrameScore.Instance(
              instanceCounts(random),
              random.nextBoolean() ? Optional.empty() : Optional.of(Set.of(2, 0)));
      case 3 ->
          new FrameScore.Colorization(
              new ColourCounts(random.nextInt(900), 300, random.nextDouble() * 70, 70),
              random.nextDouble() / 3,
              random.nextDouble() / 3,
              Optional.empty(),
              random.nextBoolean() ? FeatureScore.NONE : features(random));
      default -> null;
    };
  }

  private static FeatureScore features(SplittableRandom random) {
    return new FeatureScore(
        Optional.of(
            new FeatureScore.Inception(
                "a1", floats(random, 7), floats(random, 7), floats(random, 3))),
        Optional.of(new FeatureScore.Lpips("b2", random.nextDouble() / 3)));
  }

  private static float[] floats(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble() / 3;
    }
    return values;
  }

  @Test
  void featuresComeBackWithTheSameBits() {
    FeatureScore features = features(new SplittableRandom(4));
    FrameScore.Colorization score =
        new FrameScore.Colorization(new ColourCounts(3, 3, 1, 2), 1, 2, Optional.empty(), features);

    FrameScore.Colorization read =
        (FrameScore.Colorization)
            FrameResultLines.read(
                    FrameResultLines.write(result(new SplittableRandom(1), score)), "test")
                .score()
                .orElseThrow();

    assertThat(read).usingRecursiveComparison().isEqualTo(score);
  }

  private static PanopticCounts panopticCounts(SplittableRandom random) {
    PanopticCounts counts = new PanopticCounts(CLASSES);
    for (int classId = 0; classId < CLASSES; classId += 2) {
      int matched = random.nextInt(3);
      counts.add(
          classId, matched * random.nextDouble(), matched, random.nextInt(4), random.nextInt(4));
    }
    return counts;
  }

  private static InstanceCounts instanceCounts(SplittableRandom random) {
    InstanceCounts counts = new InstanceCounts(CLASSES);
    for (int detection = 0; detection < 6; detection++) {
      counts.add(
          new DetectionOutcome(
              random.nextInt(CLASSES),
              random.nextDouble(),
              random.ints(4, 0, 1 << 10).toArray(),
              random.ints(4, 0, 1 << 10).toArray()));
    }
    counts.addTruths(2, AreaRange.ALL, 3);
    counts.addTruths(2, AreaRange.SMALL, 2);
    counts.addTruths(2, AreaRange.MEDIUM, 1);
    return counts;
  }
}
