package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.metrics.SemanticCounts;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every unit, whatever its method. */
public class AdaptationRunnerTest {

  public static final AdaptationSettings SETTINGS =
      AdaptationSettings.small()
          .with(
              Map.of(
                  "learningRate", 1e-3,
                  "batchSize", 2,
                  "window", 3,
                  "offlineIterations", 6,
                  "offlineEvaluationStep", 2,
                  "selfTraining", Map.of("confidenceThreshold", 0.4),
                  "classBalance", Map.of("threshold", 0.02)),
              "test");

  private static final List<io.videottt.catalog.video.Video> TRAINING =
      List.of(SyntheticVideo.of("training", 6, 77));

  private SegmentationModel joint;
  private AdaptationRunner runner;

  @BeforeEach
  void open() {
    joint = TinyModels.create(1);
    runner = new AdaptationRunner(joint, SyntheticVideo.CLASSES, TRAINING);
  }

  @AfterEach
  void close() {
    runner.close();
    joint.close();
  }

  private List<FrameResult> run(SyntheticVideo video, Method method) throws InterruptedException {
    return run(runner, video, method, SETTINGS, 5);
  }

  public static List<FrameResult> run(
      AdaptationRunner runner,
      SyntheticVideo video,
      Method method,
      AdaptationSettings settings,
      long seed)
      throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    runner.run(video, Set.of(Task.SEMANTIC), method, settings, seed, results::add);
    return results;
  }

  /** Everything but the times. */
  public static List<List<Object>> withoutTimes(List<FrameResult> results) {
    return results.stream()
        .map(
            result ->
                List.<Object>of(
                    result.index(),
                    result.name(),
                    result.annotated(),
                    result.score(),
                    result.reconstructionLossBefore(),
                    result.reconstructionLossAfter(),
                    result.gradientNorm()))
        .toList();
  }

  private static SemanticCounts counts(FrameResult result) {
    return ((FrameScore.Semantic) result.score().orElseThrow()).counts();
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void aDecoderForAnotherTargetIsRefusedByMethodsThatReconstructAndByNoOther(Method method)
      throws InterruptedException {
    AdaptationSettings standardised =
        SETTINGS.with(Map.of("reconstructionTarget", "image-standardised"), "test");
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    if (method.needs().reconstruction()) {
      assertThatThrownBy(() -> run(runner, video, method, standardised, 5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(method.id(), "pixels", "image-standardised");
    } else {
      assertThat(withoutTimes(run(runner, video, method, standardised, 5)))
          .isEqualTo(withoutTimes(run(video, method)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"online-ttt-mae", "offline-ttt-mae-all-frames", "foreign-frames"})
  void theTargetDecidesWhatIsMinimised(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    List<List<Object>> pixels = withoutTimes(run(video, method));
    joint.initialiseReconstruction(1, ReconstructionTarget.IMAGE_STANDARDISED);
    AdaptationSettings standardised =
        SETTINGS.with(Map.of("reconstructionTarget", "image-standardised"), "test");
    try (AdaptationRunner other = new AdaptationRunner(joint, SyntheticVideo.CLASSES, TRAINING)) {
      assertThat(withoutTimes(run(other, video, method, standardised, 5))).isNotEqualTo(pixels);
      assertThatThrownBy(() -> run(other, video, method, SETTINGS, 5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("trained for the target image-standardised");
    }
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void everyFrameComesOutOnceInOrderAndTheModelIsRestored(Method method)
      throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    List<FrameResult> results = run(SyntheticVideo.of("video", 4, 3), method);
    assertThat(results).extracting(FrameResult::index).containsExactly(0, 1, 2, 3);
    assertThat(results).extracting(FrameResult::name).startsWith("000000", "000001");
    assertThat(results).allMatch(result -> counts(result).pixels() == 47 * 64);
    assertThat(TinyModels.weights(joint, Part.values())).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void theHeadStaysAsItWasTrained(Method method) throws InterruptedException {
    assumeFalse(method == Methods.TENT || method == Methods.TENT_CLASS_BALANCE, "trains its norms");
    Map<String, List<Float>> head = TinyModels.weights(joint, Part.MAIN_HEAD);
    runner.run(
        SyntheticVideo.of("video", 3, 3),
        Set.of(Task.SEMANTIC),
        method,
        SETTINGS,
        5,
        result -> assertThat(TinyModels.weights(joint, Part.MAIN_HEAD)).isEqualTo(head));
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void unitsRepeatBitForBitWhateverRanBefore(Method method) throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    List<List<Object>> first = withoutTimes(run(video, method));
    run(SyntheticVideo.of("other", 3, 9), Methods.ONLINE_TTT_MAE);
    assertThat(withoutTimes(run(video, method))).isEqualTo(first);
  }

  @Test
  void concurrentUnitsEqualSequentialOnes() throws Exception {
    List<SyntheticVideo> videos =
        List.of(SyntheticVideo.of("a", 5, 3), SyntheticVideo.of("b", 5, 4));
    List<List<List<Object>>> sequential = new ArrayList<>();
    for (SyntheticVideo video : videos) {
      sequential.add(withoutTimes(run(video, Methods.ONLINE_TTT_MAE)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<List<Object>>>> futures = new ArrayList<>();
      for (SyntheticVideo video : videos) {
        futures.add(
            threads.submit(
                () -> {
                  try (SegmentationModel model = TinyModels.create(1);
                      AdaptationRunner own =
                          new AdaptationRunner(model, SyntheticVideo.CLASSES, List.of())) {
                    return withoutTimes(run(own, video, Methods.ONLINE_TTT_MAE, SETTINGS, 5));
                  }
                }));
      }
      for (int i = 0; i < videos.size(); i++) {
        assertThat(futures.get(i).get()).isEqualTo(sequential.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void seedsMatter() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    assertThat(withoutTimes(run(runner, video, Methods.ONLINE_TTT_MAE, SETTINGS, 6)))
        .isNotEqualTo(withoutTimes(run(video, Methods.ONLINE_TTT_MAE)));
  }

  @Test
  void divergenceIsReportedAndTheModelIsRestored() throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    List<List<Object>> expected = withoutTimes(run(video, Methods.ONLINE_TTT_MAE));
    AdaptationSettings wild =
        SETTINGS.with(Map.of("optimizer", "sgd", "learningRate", 1000, "clipNorm", 0), "test");
    for (Method method : List.of(Methods.ONLINE_TTT_MAE, Methods.OFFLINE_TTT_MAE_ALL_FRAMES)) {
      AdaptationSettings settings =
          wild.with(
              Map.of(
                  "iterationsPerFrame", 50, "offlineIterations", 50, "offlineEvaluationStep", 50),
              "test");
      assertThatThrownBy(() -> run(runner, video, method, settings, 5))
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("video video")
          .hasMessageContaining(method.id())
          .hasMessageContaining("learning rate");
      assertThat(TinyModels.weights(joint, Part.values())).isEqualTo(before);
    }
    assertThat(withoutTimes(run(video, Methods.ONLINE_TTT_MAE))).isEqualTo(expected);
  }

  @Test
  void failureOfTheSinkRestoresTheModel() {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    assertThatThrownBy(
            () ->
                runner.run(
                    SyntheticVideo.of("video", 3, 3),
                    Set.of(Task.SEMANTIC),
                    Methods.ONLINE_TTT_MAE,
                    SETTINGS,
                    5,
                    result -> {
                      throw new IllegalStateException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(TinyModels.weights(joint, Part.values())).isEqualTo(before);
  }

  @Test
  void interruptionEndsTheUnitAndRestoresTheModel() {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    for (Method method : List.of(Methods.ONLINE_TTT_MAE, Methods.OFFLINE_TTT_MAE_ALL_FRAMES)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> run(SyntheticVideo.of("video", 3, 3), method))
          .isInstanceOf(InterruptedException.class);
      assertThat(TinyModels.weights(joint, Part.values())).isEqualTo(before);
    }
  }

  @Test
  void framesWithoutLabelsAreAdaptedToButNotEvaluated() throws InterruptedException {
    SyntheticVideo sparse = new SyntheticVideo("video", 4, 48, 64, 3, false, 2);
    List<FrameResult> results = run(sparse, Methods.ONLINE_TTT_MAE);
    assertThat(results)
        .extracting(FrameResult::annotated)
        .containsExactly(true, false, true, false);
    assertThat(results.get(1).score()).isEmpty();
    assertThat(results.get(1).value()).isEmpty();
    assertThat(results.get(1).gradientNorm()).isPositive();
    assertThat(results.get(2).score())
        .isEqualTo(run(SyntheticVideo.of("video", 4, 3), Methods.ONLINE_TTT_MAE).get(2).score());
  }

  @Test
  void offlineWithoutAnyLabelCannotChoose() {
    SyntheticVideo unlabelled = new SyntheticVideo("video", 2, 48, 64, 3, false, 0);
    assertThatThrownBy(() -> run(unlabelled, Methods.OFFLINE_TTT_MAE_ALL_FRAMES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("video video has no frame annotated for semantic");
  }

  @Test
  void missingTrainingImagesAreNamed() {
    try (AdaptationRunner bare = new AdaptationRunner(joint, SyntheticVideo.CLASSES, List.of())) {
      SyntheticVideo video = SyntheticVideo.of("video", 1, 3);
      assertThatThrownBy(() -> run(bare, video, Methods.FOREIGN_FRAMES, SETTINGS, 5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("training split");
    }
  }

  @Test
  void whatIsHeldInMemoryDoesNotChangeResults() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 6, 3);
    AdaptationSettings infinite = SETTINGS.with(Map.of("window", 0), "test");
    List<List<Object>> held = withoutTimes(run(runner, video, Methods.ONLINE_TTT_MAE, infinite, 5));
    try (AdaptationRunner small =
        new AdaptationRunner(
            joint, SyntheticVideo.CLASSES, List.of(), FeatureNetworks.NONE, 2 * 48 * 64 * 3)) {
      assertThat(withoutTimes(run(small, video, Methods.ONLINE_TTT_MAE, infinite, 5)))
          .isEqualTo(held);
    }
  }

  @Test
  void threeHundredFramesLeaveNoTensorsBehind() throws InterruptedException {
    assertNoTensorsLeft(Methods.ONLINE_TTT_MAE, 300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ln-adapt", "tent-class-balance", "self-train-class-balance"})
  void aHundredFramesLeaveNoTensorsBehind(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    assertNoTensorsLeft(method, 100);
  }

  private void assertNoTensorsLeft(Method method, int frames) throws InterruptedException {
    AdaptationSettings cheap =
        SETTINGS.with(
            Map.of("batchSize", 1, "height", 32, "width", 32, "measureLossAfter", true), "test");
    List<Integer> arrays = new ArrayList<>();
    int before = joint.manager().getManagedArrays().size();
    runner.run(
        SyntheticVideo.of("video", frames, 3),
        Set.of(Task.SEMANTIC),
        method,
        cheap,
        5,
        result -> arrays.add(joint.manager().getManagedArrays().size()));
    assertThat(arrays.subList(5, frames)).containsOnly(arrays.get(5));
    assertThat(arrays.get(5)).isGreaterThanOrEqualTo(before);
  }
}
