package io.videottt.adaptation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.MethodById;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.scoring.FrameResult;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.folder.SegmentationModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.ValueSource;

/** What the released presets add, on a Mask2Former whose input is padded. */
class ReleasedStepsTest {

  private static final SyntheticVideo VIDEO = new SyntheticVideo("video", 3, 40, 56, 3, false, 1);

  private static final AdaptationSettings PLAIN =
      AdaptationSettings.small()
          .with(
              Map.of(
                  "learningRate", 1e-3,
                  "batchSize", 4,
                  "window", 2,
                  "cropHeight", 32,
                  "cropWidth", 40,
                  "weightDecay", 0.5,
                  "selfTraining", Map.of("confidenceThreshold", 0.1)),
              "test");

  private SegmentationModel model;
  private AdaptationRunner runner;

  @BeforeEach
  void open() {
    String json =
        TinyModels.mask2FormerConfiguration(SyntheticVideo.CLASSES.size())
            .toJson()
            .replaceFirst("\"embed_dim\"", "\"drop_path_rate\": 0.9, \"embed_dim\"");
    model = SegmentationModel.initialise(ModelConfiguration.parse(json, "test"), 1, Device.cpu());
    runner =
        new AdaptationRunner(
            model,
            SyntheticVideo.CLASSES,
            List.of(new SyntheticVideo("training", 4, 48, 32, 7, false, 1)));
  }

  @AfterEach
  void close() {
    runner.close();
    model.close();
  }

  /** Everything that a method reports, but the times. */
  private List<List<Object>> run(Method method, Map<String, Object> overrides)
      throws InterruptedException {
    List<FrameResult> results = new ArrayList<>();
    AdaptationSettings settings = PLAIN.with(overrides, "test");
    runner.run(VIDEO, Set.of(Task.SEMANTIC), method, settings, 5, results::add);
    return AdaptationRunnerTest.withoutTimes(results);
  }

  @ParameterizedTest
  @ValueSource(strings = {"online-ttt-mae", "tent", "self-train"})
  void dropPathChangesStepsAndRepeatsBitForBit(@ConvertWith(MethodById.class) Method method)
      throws InterruptedException {
    List<List<Object>> dropping = run(method, Map.of("dropPath", true));
    assertThat(run(method, Map.of("dropPath", true))).isEqualTo(dropping);
    assertThat(run(method, Map.of())).isNotEqualTo(dropping);
  }

  @Test
  void theLossAfterAStepIsMeasuredWithTheDrawsOfTheStep() throws InterruptedException {
    AdaptationSettings still =
        PLAIN.with(
            Map.of("dropPath", true, "measureLossAfter", true, "learningRate", 1e-12), "test");
    List<FrameResult> results = new ArrayList<>();
    runner.run(VIDEO, Set.of(Task.SEMANTIC), Methods.ONLINE_TTT_MAE, still, 5, results::add);
    assertThat(results)
        .allSatisfy(
            frame ->
                assertThat(frame.reconstructionLossAfter())
                    .isCloseTo(
                        frame.reconstructionLossBefore(),
                        org.assertj.core.data.Offset.offset(1e-4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"online-ttt-mae", "ttt-mae-no-memory", "foreign-frames"})
  void passesAndScaledSamplesChangeStepsAndRepeatBitForBit(
      @ConvertWith(MethodById.class) Method method) throws InterruptedException {
    Map<String, Object> jitter =
        Map.of("scaleJitter", Map.of("minimum", 0.5, "maximum", 2, "of", "crop"));
    List<List<Object>> plain = run(method, Map.of());
    for (Map<String, Object> overrides :
        List.of(jitter, Map.<String, Object>of("sampleOrder", "shuffled-passes"))) {
      List<List<Object>> results = run(method, overrides);
      assertThat(results).isNotEqualTo(plain);
      assertThat(run(method, overrides)).isEqualTo(results);
    }
  }

  @Test
  void samplesHaveAResolutionOfTheirOwn() throws InterruptedException {
    Map<String, Object> larger = Map.of("sampleSize", Map.of("shortSide", 60));
    assertThat(run(Methods.ONLINE_TTT_MAE, larger))
        .isNotEqualTo(run(Methods.ONLINE_TTT_MAE, Map.of()));
    // Predictions stay at theirs.
    assertThat(run(Methods.MAE_JOINT_TRAINING, larger))
        .isEqualTo(run(Methods.MAE_JOINT_TRAINING, Map.of()));
    // At the predictions' resolution it makes no difference how that is said.
    assertThat(run(Methods.ONLINE_TTT_MAE, Map.of("sampleSize", Map.of("height", 40, "width", 56))))
        .isEqualTo(run(Methods.ONLINE_TTT_MAE, Map.of()));
  }

  @Test
  void biasesThatAreDecayedMakeOtherSteps() throws InterruptedException {
    assertThat(run(Methods.ONLINE_TTT_MAE, Map.of("decayBiases", true)))
        .isNotEqualTo(run(Methods.ONLINE_TTT_MAE, Map.of()));
  }

  @Test
  void framesThatAreNotHeldAreSampledAsThoseThatAre() throws InterruptedException {
    Map<String, Object> overrides =
        Map.of(
            "sampleOrder",
            "shuffled-passes",
            "scaleJitter",
            Map.of("minimum", 0.5, "maximum", 2, "of", "crop"));
    List<FrameResult> results = new ArrayList<>();
    try (AdaptationRunner forgetful =
        new AdaptationRunner(model, SyntheticVideo.CLASSES, List.of(), FeatureNetworks.NONE, 0)) {
      forgetful.run(
          VIDEO,
          Set.of(Task.SEMANTIC),
          Methods.ONLINE_TTT_MAE,
          PLAIN.with(overrides, "test"),
          5,
          results::add);
    }
    assertThat(AdaptationRunnerTest.withoutTimes(results))
        .isEqualTo(run(Methods.ONLINE_TTT_MAE, overrides));
  }
}
