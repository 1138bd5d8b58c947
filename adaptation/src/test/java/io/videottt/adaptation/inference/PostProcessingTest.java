package io.videottt.adaptation.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.settings.PostProcessing;
import io.videottt.adaptation.stream.TestQueries;
import io.videottt.base.InvalidInputException;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.model.mask2former.MaskInference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Panoptic and instance inference beside a slow reference, and at the edges. */
class PostProcessingTest {

  private static final boolean[] THINGS = {true, false, true, false};
  private static final PostProcessing DEFAULTS = PostProcessing.defaults();
  private static final int[] SMALL = {16, 16, 16, 16};
  private static final float FAR = 8;

  private static NDManager manager;

  @BeforeAll
  static void open() {
    EngineThread.prepare(1);
    manager = NDManager.newBaseManager();
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private static ThingClasses classes(boolean... things) {
    List<ClassDefinition> classes = new ArrayList<>();
    for (int id = 0; id < things.length; id++) {
      classes.add(new ClassDefinition(id, "class " + id, things[id], "#000000", List.of()));
    }
    return new ThingClasses(classes);
  }

  private static <T> T infer(TestQueries queries, Function<MaskInference, T> inference) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return inference.apply(queries.tensors(manager));
    }
  }

  private static PanopticMap panoptic(TestQueries queries, PostProcessing settings) {
    return infer(queries, new PanopticInference(classes(THINGS), settings)::infer);
  }

  private static List<InstanceDetection> instances(TestQueries queries, PostProcessing settings) {
    return infer(queries, new InstanceInference(classes(THINGS), settings)::infer);
  }

  /** One query per row of the list: its class, and where it sees it. */
  private static TestQueries queries(int[] classIds, float[]... rows) {
    float[][] classLogits = new float[classIds.length][THINGS.length + 1];
    float[][][] maskLogits = new float[classIds.length][8][8];
    for (int query = 0; query < classIds.length; query++) {
      classLogits[query][classIds[query]] = FAR;
      for (int row = 0; row < 8; row++) {
        Arrays.fill(maskLogits[query][row], rows[query][row / 4]);
      }
    }
    return new TestQueries(classLogits, maskLogits, 32, 32, 32, 32);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 96, 64, 96, 0.5, 0.5, 100",
    "37, 50, 37, 50, 0.8, 0.8, 100",
    "32, 64, 45, 91, 0.6, 0.3, 7",
    "64, 64, 21, 30, 0.3, 0.6, 20",
    "70, 33, 128, 20, 0, 0, 3",
    "1, 1, 1, 1, 0.5, 0.5, 100",
    "5, 3, 1, 9, 0.5, 0, 100",
  })
  void resultsEqualTheReference(
      int inputHeight,
      int inputWidth,
      int height,
      int width,
      double score,
      double overlap,
      int detections) {
    SplittableRandom random = new SplittableRandom(inputHeight * 31L + width);
    PostProcessing settings = new PostProcessing(score, overlap, detections);
    int[] sizes = {inputHeight, inputWidth, height, width};
    for (int trial = 0; trial < 12; trial++) {
      TestQueries queries =
          TestQueries.random(random, 1 + random.nextInt(12), THINGS.length, sizes);
      ReferenceInference reference = new ReferenceInference(queries, THINGS, settings);
      compare(panoptic(queries, settings), reference.panoptic());
      compare(instances(queries, settings), reference.instances());
    }
  }

  private static void compare(PanopticMap map, ReferenceInference.Panoptic expected) {
    assertThat(map.segments())
        .extracting(PanopticSegment::classId)
        .containsExactlyElementsOf(expected.classes());
    for (int pixel = 0; pixel < map.ids().length; pixel++) {
      if (expected.clear()[pixel]) {
        assertThat(map.ids()[pixel]).isEqualTo(expected.ids()[pixel]);
      }
    }
  }

  private static void compare(
      List<InstanceDetection> detections, List<ReferenceInference.Detection> expected) {
    assertThat(detections).hasSameSizeAs(expected);
    for (int i = 0; i < detections.size(); i++) {
      InstanceDetection detection = detections.get(i);
      assertThat(detection.classId()).isEqualTo(expected.get(i).classId());
      boolean[] pixels = detection.mask().toPixels();
      int unclear = 0;
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        if (expected.get(i).clear()[pixel]) {
          assertThat(pixels[pixel]).isEqualTo(expected.get(i).inside()[pixel]);
        } else {
          unclear++;
        }
      }
      double tolerance = 1e-5 + unclear / Math.max(1.0, detection.mask().area());
      assertThat(detection.score()).isCloseTo(expected.get(i).score(), within(tolerance));
    }
  }

  @Test
  void randomQueriesGiveSegmentsAndDetectionsToCompare() {
    SplittableRandom random = new SplittableRandom(1);
    int segments = 0;
    int detections = 0;
    for (int trial = 0; trial < 20; trial++) {
      TestQueries queries =
          TestQueries.random(random, 10, THINGS.length, new int[] {64, 64, 64, 64});
      segments += panoptic(queries, DEFAULTS).segments().size();
      detections += instances(queries, DEFAULTS).size();
    }
    assertThat(segments).isGreaterThan(10);
    assertThat(detections).isGreaterThan(100);
  }

  @Test
  void stuffOfOneClassIsOneSegmentAndThingsAreTold() {
    float[] top = {FAR, -FAR};
    float[] bottom = {-FAR, FAR};
    PanopticMap stuff = panoptic(queries(new int[] {1, 1}, top, bottom), DEFAULTS);
    assertThat(stuff.segments()).containsExactly(PanopticSegment.predicted(1, 1));
    assertThat(stuff.ids()).containsOnly(1);
    PanopticMap things = panoptic(queries(new int[] {2, 2}, top, bottom), DEFAULTS);
    assertThat(things.segments())
        .containsExactly(PanopticSegment.predicted(1, 2), PanopticSegment.predicted(2, 2));
  }

  @Test
  void theFirstOfEqualQueriesWinsEveryPixel() {
    float[] everywhere = {FAR, FAR};
    PanopticMap map = panoptic(queries(new int[] {2, 0}, everywhere, everywhere), DEFAULTS);
    assertThat(map.segments()).containsExactly(PanopticSegment.predicted(1, 2));
    assertThat(map.ids()).containsOnly(1);
  }

  @Test
  void equalScoresKeepTheOrderOfQueriesAndClasses() {
    TestQueries same =
        new TestQueries(new float[3][THINGS.length + 1], new float[3][8][8], 32, 32, 32, 32);
    assertThat(instances(same, new PostProcessing(0.8, 0.8, 6)))
        .extracting(InstanceDetection::classId)
        .containsExactly(0, 2, 0);
  }

  @Test
  void segmentsThatWinTooLittleAreLeftOut() {
    // The second query wins the lower half of its mask only.
    float[] top = {2 * FAR, -FAR};
    float[] everywhere = {FAR, FAR};
    TestQueries queries = queries(new int[] {0, 2}, top, everywhere);
    PanopticMap strict = panoptic(queries, DEFAULTS);
    assertThat(strict.segments()).containsExactly(PanopticSegment.predicted(1, 0));
    assertThat(strict.ids()).contains(PanopticMap.VOID);
    assertThat(panoptic(queries, new PostProcessing(0.8, 0.3, 100)).segments()).hasSize(2);
  }

  @Test
  void nothingConfidentIsNoSegment() {
    SplittableRandom random = new SplittableRandom(2);
    TestQueries queries = TestQueries.random(random, 5, THINGS.length, SMALL);
    PanopticMap map = panoptic(queries, new PostProcessing(1, 0.8, 100));
    assertThat(map.segments()).isEmpty();
    assertThat(map.ids()).hasSize(256).containsOnly(PanopticMap.VOID);
  }

  @Test
  void emptyMasksAreNoSegmentsButDetectionsWithoutScore() {
    float[] nowhere = {-FAR, -FAR};
    TestQueries queries = queries(new int[] {0}, nowhere);
    assertThat(panoptic(queries, DEFAULTS).segments()).isEmpty();
    List<InstanceDetection> detections = instances(queries, DEFAULTS);
    assertThat(detections).hasSize(2).allMatch(d -> d.score() == 0 && d.mask().area() == 0);
  }

  @Test
  void stuffTakesPartInTheChoiceOfDetectionsAndIsDropped() {
    float[] everywhere = {FAR, FAR};
    TestQueries queries = queries(new int[] {1, 0}, everywhere, everywhere);
    assertThat(instances(queries, new PostProcessing(0.8, 0.8, 1))).isEmpty();
    assertThat(instances(queries, new PostProcessing(0.8, 0.8, 2)))
        .singleElement()
        .satisfies(detection -> assertThat(detection.classId()).isZero())
        .satisfies(detection -> assertThat(detection.mask().area()).isEqualTo(32 * 32));
  }

  @Test
  void logitsThatAreNoNumbersAreNoticed() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      TestQueries queries = TestQueries.random(new SplittableRandom(3), 3, THINGS.length, SMALL);
      assertThat(infer(queries, FramePredictor::probabilities)).hasDimensions(3, THINGS.length + 1);
      queries.maskLogits()[1][2][3] = wrong;
      requireNoticed(queries);
      queries.maskLogits()[1][2][3] = 0;
      queries.classLogits()[2][1] = wrong;
      requireNoticed(queries);
    }
  }

  private static void requireNoticed(TestQueries queries) {
    assertThatThrownBy(() -> panoptic(queries, DEFAULTS))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> instances(queries, DEFAULTS))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void thresholdsOutsideTheirRangesAreRefused() {
    assertThatThrownBy(() -> new PostProcessing(1.1, 0.8, 100))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("scoreThreshold is 1.1");
    assertThatThrownBy(() -> new PostProcessing(0.8, -1, 100))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("overlapThreshold is -1");
    assertThatThrownBy(() -> new PostProcessing(0.8, 0.8, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("detections is 0");
  }
}
