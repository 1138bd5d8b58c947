package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.ColourStatistics;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** The property that defines each method. */
class MethodPropertiesTest {

  private static final AdaptationSettings SETTINGS = AdaptationRunnerTest.SETTINGS;
  private static final double RATE = SETTINGS.learningRate();
  private static final List<Video> TRAINING = List.of(SyntheticVideo.of("training", 6, 77));

  private SegmentationModel joint;
  private AdaptationRunner runner;

  /** A frame's result with f as it was when the frame was predicted. */
  private record Observed(FrameResult result, Map<String, List<Float>> encoder) {}

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

  private List<Observed> observe(Video video, Method method, AdaptationSettings settings)
      throws InterruptedException {
    List<Observed> observed = new ArrayList<>();
    runner.run(
        video,
        Set.of(Task.SEMANTIC),
        method,
        settings,
        5,
        result -> observed.add(new Observed(result, TinyModels.weights(joint, Part.ENCODER))));
    return observed;
  }

  private List<Double> driftOfEncoder(Method method) throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.ENCODER);
    return observe(SyntheticVideo.of("video", 5, 3), method, SETTINGS).stream()
        .map(frame -> TinyModels.distance(before, frame.encoder()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main-task-only", "mae-joint-training", "standardised-fixed"})
  void fixedMethodsLeaveTheWeightsAlone(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    assertThat(driftOfEncoder(method)).containsOnly(0.0);
  }

  @Test
  void mainTaskOnlyPredictsByTheModelThatItIsGiven() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    assertThat(observe(video, Methods.MAIN_TASK_ONLY, SETTINGS).get(1).result().score())
        .isEqualTo(observe(video, Methods.MAE_JOINT_TRAINING, SETTINGS).get(1).result().score());
  }

  @Test
  void noMemoryTreatsAFrameAlikeWhereverItStands() throws InterruptedException {
    List<Observed> frames =
        observe(SyntheticVideo.still("video", 4, 3), Methods.TTT_MAE_NO_MEMORY, SETTINGS);
    for (Observed frame : frames) {
      assertThat(frame.encoder()).isEqualTo(frames.get(0).encoder());
      assertThat(frame.result().score()).isEqualTo(frames.get(0).result().score());
      assertThat(frame.result().reconstructionLossBefore())
          .isEqualTo(frames.get(0).result().reconstructionLossBefore());
    }
    assertThat(driftOfEncoder(Methods.TTT_MAE_NO_MEMORY)).allMatch(drift -> drift > 0);
  }

  @Test
  void methodsThatStartAgainAreNeverMoreThanOneStepFromTheStart() throws InterruptedException {
    // A fresh AdamW moves every parameter by the learning rate at most.
    assertThat(driftOfEncoder(Methods.TTT_MAE_NO_MEMORY)).allMatch(drift -> drift <= 1.01 * RATE);
    assertThat(driftOfEncoder(Methods.EXPLICIT_MEMORY_ONLY))
        .allMatch(drift -> drift <= 1.01 * RATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit-memory-only", "online-ttt-mae", "foreign-frames"})
  void methodsWithImplicitMemoryGoOnFromTheFrameBefore(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    List<Double> drift = driftOfEncoder(method);
    assertThat(drift.get(0)).isBetween(0.0, 1.01 * RATE);
    assertThat(drift.get(4)).isGreaterThan(1.5 * RATE);
    Map<String, List<Float>> before = null;
    for (Observed frame : observe(SyntheticVideo.of("video", 4, 3), method, SETTINGS)) {
      if (before != null) {
        assertThat(TinyModels.distance(before, frame.encoder())).isBetween(1e-9, 1.01 * RATE);
      }
      before = frame.encoder();
    }
  }

  @Test
  void implicitMemoryOnlyIsAWindowOfOne() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    assertThat(observe(video, Methods.IMPLICIT_MEMORY_ONLY, SETTINGS).get(3).encoder())
        .isEqualTo(
            observe(video, Methods.ONLINE_TTT_MAE, SETTINGS.with(Map.of("window", 1), "test"))
                .get(3)
                .encoder());
  }

  @Test
  void explicitMemoryOnlyWithAWindowOfOneIsNoMemory() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    assertThat(
            observe(video, Methods.EXPLICIT_MEMORY_ONLY, SETTINGS.with(Map.of("window", 1), "test"))
                .get(2)
                .encoder())
        .isEqualTo(observe(video, Methods.TTT_MAE_NO_MEMORY, SETTINGS).get(2).encoder());
  }

  @Test
  void onlineDiffersFromEitherMemoryAlone() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    HashSet<Map<String, List<Float>>> encoders = new HashSet<>();
    for (Method method :
        List.of(
            Methods.ONLINE_TTT_MAE,
            Methods.IMPLICIT_MEMORY_ONLY,
            Methods.EXPLICIT_MEMORY_ONLY,
            Methods.TTT_MAE_NO_MEMORY)) {
      encoders.add(observe(video, method, SETTINGS).get(3).encoder());
    }
    assertThat(encoders).hasSize(4);
  }

  @Test
  void windowsForgetWhatIsOlder() throws InterruptedException {
    // With everything reset, a frame's parameters are a function of the frames in the window.
    SyntheticVideo video = SyntheticVideo.of("video", 6, 3);
    List<Observed> whole = observe(video, Methods.EXPLICIT_MEMORY_ONLY, SETTINGS);
    List<Observed> changed =
        observe(AlteredVideo.inverted(video, 0), Methods.EXPLICIT_MEMORY_ONLY, SETTINGS);
    assertThat(changed.get(0).encoder()).isNotEqualTo(whole.get(0).encoder());
    for (int frame = SETTINGS.window(); frame < 6; frame++) {
      assertThat(changed.get(frame).encoder()).isEqualTo(whole.get(frame).encoder());
    }
  }

  @Test
  void foreignFramesNeverSamplesTheVideo() throws InterruptedException {
    List<Observed> one = observe(SyntheticVideo.of("one", 3, 3), Methods.FOREIGN_FRAMES, SETTINGS);
    List<Observed> other =
        observe(SyntheticVideo.of("other", 3, 1234), Methods.FOREIGN_FRAMES, SETTINGS);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(one.get(frame).encoder()).isEqualTo(other.get(frame).encoder());
    }
  }

  @Test
  void standardisedFixedSeesTheTrainingImagesColours() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    ColourStatistics target =
        new TrainingImages(
                TRAINING, false, io.videottt.base.Task.SEMANTIC, WorkingSize.fixed(48, 64), 1 << 20)
            .statistics();
    FramePredictor predictor = new FramePredictor(joint, WorkingSize.own());
    byte[] expected = predictor.predict(target.match(video.read(1).image())).labels();
    io.videottt.metrics.SemanticCounts counts =
        new io.videottt.metrics.SemanticCounts(SyntheticVideo.CLASSES.size());
    counts.add(video.read(1).labels().orElseThrow().labels(), expected);
    assertThat(observe(video, Methods.STANDARDISED_FIXED, SETTINGS).get(1).result().score())
        .hasValue(new FrameScore.Semantic(counts));
  }

  @Test
  void offlinePredictsAllFramesWithTheBestEvaluatedIteration() throws InterruptedException {
    SyntheticVideo still = SyntheticVideo.still("video", 3, 3);
    List<FrameResult> results = new ArrayList<>();
    TaskOutcome outcome =
        runner
            .run(
                still,
                Set.of(Task.SEMANTIC),
                Methods.OFFLINE_TTT_MAE_ALL_FRAMES,
                SETTINGS,
                5,
                results::add)
            .get(Task.SEMANTIC);
    assertThat(outcome.candidates())
        .extracting(TaskOutcome.Candidate::iteration)
        .containsExactly(2, 4, 6);
    double best =
        outcome.candidates().stream()
            .mapToDouble(TaskOutcome.Candidate::frameMean)
            .max()
            .orElseThrow();
    assertThat(outcome.frameMean()).hasValue(best);
    int chosen = outcome.chosenIteration().orElseThrow();
    assertThat(outcome.candidates())
        .contains(new TaskOutcome.Candidate(chosen, best))
        .noneMatch(candidate -> candidate.iteration() == 0);
    assertThat(results).extracting(FrameResult::score).containsOnly(results.get(0).score());
    assertThat(results.get(0).value().orElseThrow()).isEqualTo(best);
  }

  @Test
  void offlineSamplesFromTheWholeVideo() throws InterruptedException {
    AdaptationSettings many =
        SETTINGS.with(Map.of("offlineEvaluations", List.of(6), "batchSize", 10), "test");
    SyntheticVideo video = SyntheticVideo.of("video", 6, 3);
    List<Double> norms = new ArrayList<>();
    for (int changed = -1; changed < 6; changed++) {
      List<Map<String, List<Float>>> trained = new ArrayList<>();
      runner.run(
          AlteredVideo.inverted(video, changed),
          Set.of(Task.SEMANTIC),
          Methods.OFFLINE_TTT_MAE_ALL_FRAMES,
          many,
          5,
          result -> trained.add(TinyModels.weights(joint, Part.ENCODER)));
      norms.add(trained.get(0).values().stream().flatMap(List::stream).mapToDouble(v -> v).sum());
    }
    assertThat(new HashSet<>(norms)).hasSize(7);
  }

  @Test
  void aStepLowersTheLossOfItsBatch() throws InterruptedException {
    AdaptationSettings measured =
        SETTINGS.with(Map.of("measureLossAfter", true, "optimizer", "sgd"), "test");
    for (Observed frame :
        observe(SyntheticVideo.of("video", 5, 3), Methods.ONLINE_TTT_MAE, measured)) {
      assertThat(frame.result().reconstructionLossAfter())
          .isLessThan(frame.result().reconstructionLossBefore());
    }
  }

  @Test
  void measuringTheLossChangesNothingElse() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    assertThat(
            observe(
                    video,
                    Methods.ONLINE_TTT_MAE,
                    SETTINGS.with(Map.of("measureLossAfter", true), "test"))
                .get(2)
                .encoder())
        .isEqualTo(observe(video, Methods.ONLINE_TTT_MAE, SETTINGS).get(2).encoder());
  }

  @Test
  void microBatchesChangeRoundingOnly() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 2, 3);
    AdaptationSettings whole = SETTINGS.with(Map.of("batchSize", 4, "optimizer", "sgd"), "test");
    FrameResult atOnce = observe(video, Methods.ONLINE_TTT_MAE, whole).get(1).result();
    FrameResult inParts =
        observe(video, Methods.ONLINE_TTT_MAE, whole.with(Map.of("microBatchSize", 3), "test"))
            .get(1)
            .result();
    assertThat(inParts.reconstructionLossBefore())
        .isCloseTo(
            atOnce.reconstructionLossBefore(),
            org.assertj.core.data.Percentage.withPercentage(0.01));
    assertThat(inParts.gradientNorm())
        .isCloseTo(atOnce.gradientNorm(), org.assertj.core.data.Percentage.withPercentage(0.1));
  }
}
