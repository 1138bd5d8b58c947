package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.scoring.FrameScore;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.ClassBalance;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.video.Video;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties that define LN Adapt, Tent and self-training. */
class BaselineMethodsTest {

  private static final AdaptationSettings SETTINGS = AdaptationRunnerTest.SETTINGS;
  private static final Map<String, Object> NEVER = Map.of("classBalance", Map.of("threshold", 1));

  private SegmentationModel joint;
  private AdaptationRunner runner;

  /** A frame's result with all weights as they were when the frame was predicted. */
  private record Observed(FrameResult result, Map<String, List<Float>> weights) {}

  @BeforeEach
  void open() {
    joint = TinyModels.create(1);
    runner = runner(SyntheticVideo.of("training", 6, 77));
  }

  @AfterEach
  void close() {
    runner.close();
    joint.close();
  }

  private AdaptationRunner runner(Video training) {
    return new AdaptationRunner(joint, SyntheticVideo.CLASSES, List.<Video>of(training));
  }

  private List<Observed> observe(Video video, Method method, AdaptationSettings settings)
      throws InterruptedException {
    return observe(runner, video, method, settings);
  }

  private List<Observed> observe(
      AdaptationRunner unitRunner, Video video, Method method, AdaptationSettings settings)
      throws InterruptedException {
    List<Observed> observed = new ArrayList<>();
    unitRunner.run(
        video,
        Set.of(Task.SEMANTIC),
        method,
        settings,
        5,
        result -> observed.add(new Observed(result, TinyModels.weights(joint, Part.values()))));
    return observed;
  }

  private static AdaptationSettings with(Map<String, ?> overrides) {
    return SETTINGS.with(overrides, "test");
  }

  private static List<Optional<FrameScore>> scores(List<Observed> frames) {
    return frames.stream().map(frame -> frame.result().score()).toList();
  }

  private static List<Map<String, List<Float>>> weights(List<Observed> frames) {
    return frames.stream().map(Observed::weights).toList();
  }

  private static Set<String> changed(
      Map<String, List<Float>> before, Map<String, List<Float>> after) {
    Set<String> names = new TreeSet<>();
    before.forEach(
        (name, values) -> {
          if (!values.equals(after.get(name))) {
            names.add(name);
          }
        });
    return names;
  }

  private Set<String> normAffine(Part... parts) {
    return joint.parameters().selectNormAffine(parts).stream()
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  @Test
  void tentChangesParametersOfNormsOnly() throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    List<Observed> frames = observe(SyntheticVideo.of("video", 3, 3), Methods.TENT, SETTINGS);
    Set<String> norms = normAffine(Part.ENCODER, Part.MAIN_HEAD);
    assertThat(norms).hasSizeLessThan(before.size() / 2);
    assertThat(changed(before, frames.get(0).weights())).isEqualTo(norms);
    assertThat(changed(before, frames.get(2).weights())).isEqualTo(norms);
  }

  @Test
  void tentLowersTheEntropyOfItsBatch() throws InterruptedException {
    AdaptationSettings measured = with(Map.of("measureLossAfter", true, "optimizer", "sgd"));
    for (Observed frame : observe(SyntheticVideo.of("video", 4, 3), Methods.TENT, measured)) {
      FrameResult result = frame.result();
      assertThat(result.reconstructionLossBefore()).isBetween(0.0, Math.log(3));
      assertThat(result.reconstructionLossAfter()).isLessThan(result.reconstructionLossBefore());
    }
  }

  @Test
  void tentTakesTheSemanticScoresOfQueries() throws InterruptedException {
    AdaptationSettings measured = with(Map.of("measureLossAfter", true, "optimizer", "sgd"));
    try (SegmentationModel model = TinyModels.mask2Former(1, 3);
        AdaptationRunner queries = new AdaptationRunner(model, SyntheticVideo.CLASSES, List.of())) {
      Map<String, List<Float>> before = TinyModels.weights(model, Part.values());
      List<FrameResult> results = new ArrayList<>();
      queries.run(
          SyntheticVideo.of("video", 2, 3),
          Task.segmentation(),
          Methods.TENT,
          measured,
          5,
          results::add);
      assertThat(results).hasSize(2 * Task.segmentation().size());
      for (FrameResult result : results) {
        assertThat(result.reconstructionLossBefore()).isBetween(0.0, Math.log(3));
        assertThat(result.reconstructionLossAfter()).isLessThan(result.reconstructionLossBefore());
      }
      assertThat(TinyModels.weights(model, Part.values())).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tent-class-balance", "self-train-class-balance"})
  void classBalanceUndoesACollapseBeforeTheFrameIsPredicted(
      @ConvertWith(MethodById.class) Method method) throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    Map<String, Object> wild =
        Map.of("learningRate", 1.0, "classBalance", Map.of("threshold", 0.05));
    List<Observed> balanced = observe(video, method, with(wild));
    List<Observed> collapsed = observe(video, method, with(wild).with(NEVER, "test"));
    assertThat(weights(balanced)).contains(before);
    assertThat(weights(collapsed)).doesNotContain(before);
    List<Optional<FrameScore>> fixed = scores(observe(video, Methods.MAE_JOINT_TRAINING, SETTINGS));
    for (int frame = 0; frame < 4; frame++) {
      if (balanced.get(frame).weights().equals(before)) {
        assertThat(balanced.get(frame).result().score()).isEqualTo(fixed.get(frame));
      }
    }
  }

  @Test
  void classBalanceChangesNothingWhileTheClassesStay() throws InterruptedException {
    // The optimiser keeps its moments, so that a reset would show.
    AdaptationSettings calm = with(Map.of("learningRate", 1e-5, "resetOptimizer", false));
    SyntheticVideo video = SyntheticVideo.of("video", 4, 3);
    assertThat(weights(observe(video, Methods.TENT_CLASS_BALANCE, calm)))
        .isEqualTo(weights(observe(video, Methods.TENT, calm)));
    assertThat(weights(observe(video, Methods.SELF_TRAIN_CLASS_BALANCE, calm)))
        .isEqualTo(weights(observe(video, Methods.SELF_TRAIN, calm)));
  }

  @Test
  void totalVariationIsHalfTheSumOfTheDifferencesOfTheShares() {
    assertThat(ClassBalance.totalVariation(new long[] {2, 2, 0}, new long[] {50, 50, 0})).isZero();
    assertThat(ClassBalance.totalVariation(new long[] {4, 0}, new long[] {0, 9})).isEqualTo(1);
    assertThat(ClassBalance.totalVariation(new long[] {3, 1}, new long[] {1, 3}))
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void selfTrainingChangesTheEncoderOnly() throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    List<Observed> frames = observe(SyntheticVideo.of("video", 3, 3), Methods.SELF_TRAIN, SETTINGS);
    assertThat(changed(before, frames.get(2).weights()))
        .isNotEmpty()
        .isSubsetOf(TinyModels.weights(joint, Part.ENCODER).keySet());
  }

  @Test
  void withoutAConfidentPixelSelfTrainingIsTheFixedModel() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    List<Observed> frames =
        observe(
            video,
            Methods.SELF_TRAIN,
            with(Map.of("weightDecay", 0.5, "selfTraining", Map.of("confidenceThreshold", 1))));
    assertThat(weights(frames)).containsOnly(before);
    assertThat(scores(frames))
        .isEqualTo(scores(observe(video, Methods.MAE_JOINT_TRAINING, SETTINGS)));
    assertThat(frames).allMatch(frame -> frame.result().gradientNorm() == 0);
  }

  @Test
  void selfTrainingLearnsFromMaskedSamplesWhatItSaysOfWholeOnes() throws InterruptedException {
    // On whole samples every label has more than the threshold's probability.
    double highest = -Math.log(SETTINGS.selfTraining().confidenceThreshold());
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    for (Observed frame : observe(video, Methods.SELF_TRAIN, with(Map.of("maskRatio", 0)))) {
      assertThat(frame.result().reconstructionLossBefore()).isBetween(0.0, highest);
    }
    AdaptationSettings inParts =
        with(Map.of("batchSize", 4, "microBatchSize", 3, "measureLossAfter", true));
    AdaptationSettings whole = inParts.with(Map.of("microBatchSize", 0), "test");
    List<Observed> masked = observe(video, Methods.SELF_TRAIN, whole);
    List<Observed> parts = observe(video, Methods.SELF_TRAIN, inParts);
    assertThat(masked.get(0).result().reconstructionLossBefore())
        .isNotEqualTo(
            observe(video, Methods.SELF_TRAIN, whole.with(Map.of("maskRatio", 0), "test"))
                .get(0)
                .result()
                .reconstructionLossBefore());
    assertThat(parts.get(0).result().reconstructionLossBefore())
        .isCloseTo(masked.get(0).result().reconstructionLossBefore(), within(1e-4));
    assertThat(parts.get(0).result().gradientNorm())
        .isCloseTo(masked.get(0).result().gradientNorm(), within(1e-3));
  }

  @Test
  void selfTrainingIsForSemanticSegmentationOnly() {
    assertThat(Methods.SELF_TRAIN.supports(Task.SEMANTIC)).isTrue();
    assertThat(Methods.TENT.supports(Task.INSTANCE)).isTrue();
    assertThatThrownBy(
            () ->
                runner.run(
                    SyntheticVideo.of("video", 1, 3),
                    Set.of(Task.SEMANTIC, Task.PANOPTIC),
                    Methods.SELF_TRAIN,
                    SETTINGS,
                    5,
                    result -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("self-train cannot do panoptic segmentation")
        .hasMessageContaining("leave one of the two out");
  }

  @Test
  void lnAdaptOfAStreamLikeTheTrainingImagesIsTheFixedModel() throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    SyntheticVideo video = SyntheticVideo.still("video", 3, 3);
    try (AdaptationRunner same = runner(SyntheticVideo.still("training", 1, 3))) {
      List<Observed> frames = observe(same, video, Methods.LN_ADAPT, SETTINGS);
      assertThat(weights(frames)).containsOnly(before);
      assertThat(scores(frames))
          .isEqualTo(scores(observe(same, video, Methods.MAE_JOINT_TRAINING, SETTINGS)));
    }
  }

  @Test
  void lnAdaptMovesTheEncodersNormsTowardsTheStream() throws InterruptedException {
    Map<String, List<Float>> before = TinyModels.weights(joint, Part.values());
    Video video = AlteredVideo.inverted(SyntheticVideo.of("video", 4, 3), 0);
    List<Observed> frames = observe(video, Methods.LN_ADAPT, SETTINGS);
    assertThat(changed(before, frames.get(3).weights()))
        .isNotEmpty()
        .isSubsetOf(normAffine(Part.ENCODER));
    double near = TinyModels.distance(before, frames.get(0).weights());
    AdaptationSettings trusting = with(Map.of("layerNorm", Map.of("sourceFrames", 1_000_000)));
    AdaptationSettings forgetting = with(Map.of("layerNorm", Map.of("sourceFrames", 0)));
    assertThat(near)
        .isGreaterThan(
            10
                * TinyModels.distance(
                    before, observe(video, Methods.LN_ADAPT, trusting).get(0).weights()))
        .isLessThan(
            TinyModels.distance(
                before, observe(video, Methods.LN_ADAPT, forgetting).get(0).weights()));
  }

  @Test
  void onlineIsTheSameWhateverMethodRanBefore() throws InterruptedException {
    SyntheticVideo video = SyntheticVideo.of("video", 3, 3);
    List<Observed> first = observe(video, Methods.ONLINE_TTT_MAE, SETTINGS);
    for (Method method : List.of(Methods.TENT, Methods.SELF_TRAIN, Methods.LN_ADAPT)) {
      observe(video, method, SETTINGS);
      assertThat(weights(observe(video, Methods.ONLINE_TTT_MAE, SETTINGS)))
          .isEqualTo(weights(first));
    }
  }
}
