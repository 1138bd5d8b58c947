package io.videottt.jobs.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitTest {

  private static final AdaptationSettings SETTINGS = AdaptationSettings.small();

  private static Unit unit(
      String video, Method method, AdaptationSettings settings, long seed, String fingerprint) {
    return unit(video, method, settings, seed, fingerprint, ResultVersion.COMPUTED);
  }

  private static Unit unit(
      String video,
      Method method,
      AdaptationSettings settings,
      long seed,
      String fingerprint,
      int version) {
    return new Unit(
        new Adaptation(
            "camvid",
            "test",
            video,
            10,
            method,
            "",
            settings,
            seed,
            "label",
            null,
            "/models/a",
            fingerprint,
            "camvid/train",
            version),
        Task.SEMANTIC);
  }

  private static Unit online() {
    return online(ResultVersion.COMPUTED);
  }

  private static Unit online(int version) {
    return unit("0001TP", Methods.ONLINE_TTT_MAE, SETTINGS, 0, "f00d", version);
  }

  @Test
  void theIdOfEqualUnitsIsTheSameOnEveryMachine() {
    assertThat(online().id()).isEqualTo(online().id());
    assertThat(unit("0001TP", Methods.MAE_JOINT_TRAINING, SETTINGS, 0, "f00d").id())
        .isEqualTo("afab975c4c11b84372ad4eff18ced65f");
  }

  @Test
  void theResultVersionChangesTheIdAndNothingElseOfTheUnit() {
    Unit first = online();
    Unit second = online(ResultVersion.PICTURE_FILES);
    assertThat(second.id()).isNotEqualTo(first.id()).hasSameSizeAs(first.id());
    assertThat(second.adaptation().randomSeed()).isEqualTo(first.adaptation().randomSeed());
    assertThat(second.adaptation().unit(Task.PANOPTIC).adaptation().resultVersion()).isEqualTo(2);
  }

  @Test
  void whatTheResultDependsOnChangesTheId() {
    AdaptationSettings other = SETTINGS.with(Map.of("learningRate", 1e-3), "test");
    assertThat(
            java.util.stream.Stream.of(
                    online(),
                    unit("0002TP", Methods.ONLINE_TTT_MAE, SETTINGS, 0, "f00d"),
                    unit("0001TP", Methods.IMPLICIT_MEMORY_ONLY, SETTINGS, 0, "f00d"),
                    unit("0001TP", Methods.ONLINE_TTT_MAE, other, 0, "f00d"),
                    unit("0001TP", Methods.ONLINE_TTT_MAE, SETTINGS, 1, "f00d"),
                    unit("0001TP", Methods.ONLINE_TTT_MAE, SETTINGS, 0, "beef"))
                .map(Unit::id))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void labelsPathsAndFrameCountsDoNotChangeTheId() {
    Unit renamed =
        new Unit(
            new Adaptation(
                "camvid",
                "test",
                "0001TP",
                99,
                Methods.ONLINE_TTT_MAE,
                "k = 16",
                SETTINGS,
                0,
                "other-label",
                null,
                "/models/b",
                "f00d",
                "",
                1),
            Task.SEMANTIC);
    assertThat(renamed.id()).isEqualTo(online().id());
  }

  @Test
  void aFixedModelDependsNeitherOnTheSeedNorOnTheLearningRate() {
    AdaptationSettings other = SETTINGS.with(Map.of("learningRate", 1e-3), "test");
    assertThat(unit("0001TP", Methods.MAE_JOINT_TRAINING, other, 7, "f00d").id())
        .isEqualTo(unit("0001TP", Methods.MAE_JOINT_TRAINING, SETTINGS, 0, "f00d").id());
  }

  @Test
  void aFixedModelDependsOnTheSeedWhereViewsVote() {
    AdaptationSettings votes = SETTINGS.with(Map.of("prediction", Map.of("votes", 5)), "test");
    assertThat(unit("0001TP", Methods.MAE_JOINT_TRAINING, votes, 7, "f00d").id())
        .isNotEqualTo(unit("0001TP", Methods.MAE_JOINT_TRAINING, votes, 0, "f00d").id())
        .isNotEqualTo(unit("0001TP", Methods.MAE_JOINT_TRAINING, SETTINGS, 7, "f00d").id());
  }

  @Test
  void methodsShareTheirRandomNumbers() {
    assertThat(
            unit("0001TP", Methods.IMPLICIT_MEMORY_ONLY, SETTINGS, 0, "f00d")
                .adaptation()
                .randomSeed())
        .isEqualTo(online().adaptation().randomSeed())
        .isNotEqualTo(
            unit("0001TP", Methods.ONLINE_TTT_MAE, SETTINGS, 1, "f00d").adaptation().randomSeed())
        .isNotEqualTo(
            unit("0002TP", Methods.ONLINE_TTT_MAE, SETTINGS, 0, "f00d").adaptation().randomSeed());
  }

  @Test
  void theDescriptionTellsSettingsAndWeights() {
    assertThat(online().description())
        .contains("\"method\":\"online-ttt-mae\"")
        .contains("\"model_fingerprint\":\"f00d\"")
        .contains("\"learningRate\":1.0E-4")
        .contains("\"unit_id\":\"" + online().id() + "\"");
  }
}
