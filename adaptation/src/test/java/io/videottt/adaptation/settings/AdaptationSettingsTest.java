package io.videottt.adaptation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.AddedLater;
import io.videottt.io.config.SettingsIdentity;
import io.videottt.io.config.StrictYaml;
import io.videottt.model.optimizer.OptimizerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdaptationSettingsTest {

  private static final String SOURCE = "sweep.yaml: settings";

  /** Samples of a fixed size. */
  private static final Map<String, Object> WINDOWS = Map.of("cropHeight", 32, "cropWidth", 48);

  @Test
  void releasedPresetIsTheReleasedCode() {
    AdaptationSettings released = AdaptationSettings.preset("released", SOURCE);
    assertThat(released.optimizer()).isEqualTo(OptimizerSettings.Kind.ADAMW);
    assertThat(released.learningRate()).isEqualTo(1e-4);
    assertThat(released.encoderMultiplier()).isEqualTo(0.1);
    assertThat(released.weightDecay()).isEqualTo(0.05);
    assertThat(released.clipNorm()).isEqualTo(0.01);
    assertThat(released.resetOptimizer()).isTrue();
    assertThat(released.window()).isEqualTo(16);
    assertThat(released.batchSize()).isEqualTo(32);
    assertThat(released.maskRatio()).isEqualTo(0.85);
    assertThat(released.maskPatch()).isEqualTo(16);
    assertThat(released.maskedPixelsOnly()).isFalse();
    assertThat(released.cropHeight()).isEqualTo(512);
    assertThat(released.cropWidth()).isEqualTo(1024);
    assertThat(released.workingSize().of(375, 1242)).isEqualTo(new WorkingSize.Size(618, 2048));
    assertThat(released.workingSize().of(480, 640)).isEqualTo(new WorkingSize.Size(1024, 1365));
  }

  @Test
  void paperPresetIsTheText() {
    AdaptationSettings paper = AdaptationSettings.preset("paper", SOURCE);
    assertThat(paper.optimizer()).isEqualTo(OptimizerSettings.Kind.SGD);
    assertThat(paper.maskRatio()).isEqualTo(0.8);
    assertThat(paper.maskedPixelsOnly()).isTrue();
    assertThat(paper.window()).isEqualTo(16);
    assertThat(paper.iterationsPerFrame()).isEqualTo(1);
  }

  @Test
  void smallPresetIsTheSmallScaleRecipe() {
    AdaptationSettings small = AdaptationSettings.preset("small", SOURCE);
    assertThat(small.optimizer()).isEqualTo(OptimizerSettings.Kind.ADAMW);
    assertThat(small.encoderMultiplier()).isEqualTo(1);
    assertThat(small.clipNorm()).isZero();
    assertThat(small.weightDecay()).isZero();
    assertThat(small.batchSize()).isEqualTo(8);
    assertThat(small.cropMinimum()).isEqualTo(0.6);
    assertThat(small.workingSize().of(37, 91)).isEqualTo(new WorkingSize.Size(37, 91));
  }

  @Test
  void overridesReplaceValues() {
    AdaptationSettings settings =
        AdaptationSettings.small()
            .with(Map.of("optimizer", "sgd", "window", 4, "learningRate", 1), SOURCE);
    assertThat(settings.optimizer()).isEqualTo(OptimizerSettings.Kind.SGD);
    assertThat(settings.window()).isEqualTo(4);
    assertThat(settings.learningRate()).isEqualTo(1.0);
    assertThat(settings.batchSize()).isEqualTo(8);
  }

  @Test
  void unknownKeyIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> AdaptationSettings.small().with(Map.of("windw", 3), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining("'windw'")
        .hasMessageContaining("window");
  }

  @Test
  void unknownPresetIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> AdaptationSettings.preset("papr", SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'papr'")
        .hasMessageContaining("paper, released, released-coco-videos, released-kitti-step, small");
  }

  @ParameterizedTest
  @CsvSource({
    "learningRate, -1",
    "learningRate, 0",
    "learningRate, NaN",
    "window, -1",
    "window, 2.5",
    "batchSize, 0",
    "batchSize, many",
    "iterationsPerFrame, 0",
    "maskRatio, 1.1",
    "maskPatch, 0",
    "cropMinimum, 0",
    "cropMaximum, 0.5",
    "cropHeight, 10",
    "height, 100",
    "momentum, 2",
    "momentum, 1",
    "threads, 0",
    "offlineEvaluationStep, 100000",
    "optimizer, lion",
    "flip, 3",
    "sampleOrder, sorted",
    "sampleOrder, 1",
    "dropPath, 0.3",
    "decayBiases, 1",
  })
  void impossibleValueIsRefusedNamingKeyAndSource(String key, String value) {
    Object parsed = value;
    try {
      parsed = value.contains(".") ? (Object) Double.valueOf(value) : Integer.valueOf(value);
    } catch (NumberFormatException text) {
      parsed = value;
    }
    Map<String, Object> overrides = Map.of(key, parsed);
    assertThatThrownBy(() -> AdaptationSettings.small().with(overrides, SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining(key);
  }

  @Test
  void canonicalFormHoldsWhatTheMethodUsesAndNothingElse() {
    AdaptationSettings settings = AdaptationSettings.small();
    AdaptationSettings other =
        settings.with(Map.of("learningRate", 0.5, "window", 3, "offlineIterations", 999), SOURCE);
    assertThat(Methods.MAE_JOINT_TRAINING.canonical(other, Task.SEMANTIC))
        .isEqualTo(Methods.MAE_JOINT_TRAINING.canonical(settings, Task.SEMANTIC))
        .doesNotContain("learningRate");
    assertThat(Methods.ONLINE_TTT_MAE.canonical(other, Task.SEMANTIC)).contains("\"window\":3");
    assertThat(Methods.IMPLICIT_MEMORY_ONLY.canonical(other, Task.SEMANTIC))
        .doesNotContain("window");
    assertThat(Methods.OFFLINE_TTT_MAE_ALL_FRAMES.canonical(other, Task.SEMANTIC))
        .contains("\"offlineIterations\":999")
        .doesNotContain("iterationsPerFrame");
    assertThat(Methods.ONLINE_TTT_MAE.canonical(settings, Task.SEMANTIC)).doesNotContain("offline");
  }

  @Test
  void postProcessingBelongsToTheTasksThatItDecides() {
    AdaptationSettings settings = AdaptationSettings.small();
    AdaptationSettings other =
        settings.with(
            Map.of("postProcessing", Map.of("scoreThreshold", 0.5, "detections", 7)), SOURCE);
    for (Method method : Methods.all()) {
      assertThat(method.canonical(other, Task.SEMANTIC))
          .isEqualTo(method.canonical(settings, Task.SEMANTIC))
          .doesNotContain("postProcessing");
      assertThat(method.canonical(other, Task.PANOPTIC))
          .contains("\"postProcessing.scoreThreshold\":0.5")
          .contains("\"postProcessing.overlapThreshold\":0.8")
          .doesNotContain("detections");
      assertThat(method.canonical(other, Task.INSTANCE))
          .contains("\"postProcessing.detections\":7")
          .doesNotContain("scoreThreshold", "overlapThreshold");
    }
    assertThatThrownBy(
            () -> settings.with(Map.of("postProcessing", Map.of("threshold", 0.5)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown key 'postProcessing.threshold'");
  }

  @Test
  void nestedSettingsBelongToTheirMethods() {
    AdaptationSettings other =
        AdaptationSettings.small()
            .with(
                Map.of(
                    "layerNorm", Map.of("sourceFrames", 3),
                    "selfTraining", Map.of("confidenceThreshold", 0.5),
                    "classBalance", Map.of("threshold", 0.25)),
                SOURCE);
    for (Method method : Methods.all()) {
      String canonical = method.canonical(other, Task.SEMANTIC);
      assertThat(canonical.contains("\"layerNorm.sourceFrames\":3"))
          .isEqualTo(method == Methods.LN_ADAPT);
      assertThat(canonical.contains("\"selfTraining.confidenceThreshold\":0.5"))
          .isEqualTo(method.id().startsWith("self-train"));
      assertThat(canonical.contains("\"classBalance.threshold\":0.25"))
          .isEqualTo(method.id().endsWith("class-balance"));
    }
    assertThat(Methods.TENT.canonical(other, Task.SEMANTIC))
        .contains("\"window\":16")
        .doesNotContain("mask", "weightDecay");
    assertThat(Methods.LN_ADAPT.canonical(other, Task.SEMANTIC)).doesNotContain("learningRate");
    assertThat(Methods.LN_ADAPT.dependsOnSeed(other, Task.SEMANTIC)).isFalse();
    assertThat(Methods.TENT.dependsOnSeed(other, Task.SEMANTIC)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "layerNorm, sourceFrames, -1",
    "selfTraining, confidenceThreshold, 1.5",
    "classBalance, threshold, -0.1",
    "classBalance, treshold, 0.1",
  })
  void impossibleNestedValueIsRefused(String record, String key, double value) {
    Map<String, Object> overrides = Map.of(record, Map.of(key, value));
    assertThatThrownBy(() -> AdaptationSettings.small().with(overrides, SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining(record)
        .hasMessageContaining(key);
  }

  @Test
  void canonicalFormIsSortedAndStable() {
    String canonical = Methods.ONLINE_TTT_MAE.canonical(AdaptationSettings.small(), Task.SEMANTIC);
    assertThat(canonical)
        .isEqualTo(
            "{\"batchSize\":8,\"clipNorm\":0.0,\"cropHeight\":0,\"cropMaximum\":1.0,"
                + "\"cropMinimum\":0.6,\"cropWidth\":0,\"encoderMultiplier\":1.0,\"flip\":true,"
                + "\"height\":0,\"iterationsPerFrame\":1,\"learningRate\":1.0E-4,"
                + "\"longSideLimit\":0,\"maskPatch\":8,\"maskRatio\":0.8,"
                + "\"maskedPixelsOnly\":false,\"measureLossAfter\":false,\"microBatchSize\":0,"
                + "\"optimizer\":\"ADAMW\",\"resetOptimizer\":true,\"shortSide\":0,"
                + "\"threads\":1,\"weightDecay\":0.0,\"width\":0,\"window\":16}");
  }

  @Test
  void settingsThatWereAddedLaterAreLeftOutWhileTheyAreNeutral() {
    AdaptationSettings small = AdaptationSettings.small().with(WINDOWS, SOURCE);
    Map<Map<String, Object>, String> added =
        Map.of(
            Map.of("sampleOrder", "shuffled-passes"), "\"sampleOrder\":\"shuffled-passes\"",
            Map.of("sampleSize", Map.of("shortSide", 64)), "\"sampleSize.shortSide\":64",
            Map.of("scaleJitter", Map.of("of", "crop")), "\"scaleJitter.of\":\"crop\"",
            Map.of("scaleJitter", Map.of("maximum", 2)), "\"scaleJitter.padding\":128",
            Map.of("dropPath", true), "\"dropPath\":true",
            Map.of("decayBiases", true), "\"decayBiases\":true");
    for (Method method : Methods.all()) {
      String plain = method.canonical(small, Task.SEMANTIC);
      assertThat(plain)
          .doesNotContain("sampleOrder", "sampleSize", "scaleJitter", "dropPath", "decayBiases");
      added.forEach(
          (overrides, text) -> {
            String canonical = method.canonical(small.with(overrides, SOURCE), Task.SEMANTIC);
            boolean used =
                method.trains()
                    && !(method.id().startsWith("tent") && overrides.containsKey("decayBiases"));
            if (used) {
              assertThat(canonical).contains(text);
            } else {
              assertThat(canonical).isEqualTo(plain);
            }
          });
    }
    // The filling of scaled crops means nothing where nothing is scaled.
    assertThat(
            Methods.ONLINE_TTT_MAE.canonical(
                small.with(Map.of("scaleJitter", Map.of("padding", 0)), SOURCE), Task.SEMANTIC))
        .isEqualTo(Methods.ONLINE_TTT_MAE.canonical(small, Task.SEMANTIC));
  }

  @ParameterizedTest
  @MethodSource("addedKeys")
  void aNeutralValueIsOneThatItsSettingCanHave(String key, String neutral) {
    Map<String, Object> overrides =
        new ObjectMapper()
            .convertValue(StrictYaml.tree(key + ": " + neutral, SOURCE), new TypeReference<>() {});
    AdaptationSettings settings = AdaptationSettings.small().with(overrides, SOURCE);
    assertThat(SettingsIdentity.of(settings).keySet())
        .isNotEmpty()
        .noneMatch(each -> each.equals(key) || each.startsWith(key + "."));
  }

  static Stream<Arguments> addedKeys() {
    return Arrays.stream(AdaptationSettings.class.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(AddedLater.class))
        .map(
            component ->
                Arguments.of(
                    component.getName(), component.getAnnotation(AddedLater.class).neutral()));
  }

  @Test
  void theTargetBelongsToReconstructionsAndIsLeftOutForThePixels() {
    AdaptationSettings small = AdaptationSettings.small();
    for (Method method : Methods.all()) {
      String plain = method.canonical(small, Task.SEMANTIC);
      assertThat(plain).doesNotContain("reconstructionTarget");
      for (String target : List.of("image-standardised", "patch-standardised")) {
        AdaptationSettings other = small.with(Map.of("reconstructionTarget", target), SOURCE);
        String canonical = method.canonical(other, Task.SEMANTIC);
        if (method.needs().reconstruction()) {
          assertThat(canonical).contains("\"reconstructionTarget\":\"%s\"".formatted(target));
          assertThat(method.target(other).orElseThrow().id()).isEqualTo(target);
        } else {
          assertThat(canonical).isEqualTo(plain);
          assertThat(method.target(other)).isEmpty();
        }
      }
    }
    assertThatThrownBy(() -> small.with(Map.of("reconstructionTarget", "colours"), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("reconstructionTarget", "colours");
  }

  @Test
  void scaledSamplesNeedASizeOfTheirOwn() {
    assertThatThrownBy(
            () ->
                AdaptationSettings.small()
                    .with(Map.of("scaleJitter", Map.of("maximum", 2)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining("give cropHeight and cropWidth");
  }

  @ParameterizedTest
  @CsvSource({
    "scaleJitter, minimum, 0",
    "scaleJitter, maximum, 0.5",
    "scaleJitter, padding, 256",
    "sampleSize, shortSide, -1",
    "sampleSize, height, 5",
  })
  void impossibleSampleSettingIsRefused(String record, String key, double value) {
    Object number = value == Math.rint(value) ? (Object) (int) value : (Object) value;
    assertThatThrownBy(
            () ->
                AdaptationSettings.small()
                    .with(WINDOWS, SOURCE)
                    .with(Map.of(record, Map.of(key, number)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining(record)
        .hasMessageContaining(key);
  }

  @Test
  void integersAndDecimalsOfOneValueHaveOneCanonicalForm() {
    assertThat(
            Methods.ONLINE_TTT_MAE.canonical(
                AdaptationSettings.small().with(Map.of("learningRate", 1), SOURCE), Task.SEMANTIC))
        .isEqualTo(
            Methods.ONLINE_TTT_MAE.canonical(
                AdaptationSettings.small().with(Map.of("learningRate", 1.0), SOURCE),
                Task.SEMANTIC));
  }

  @Test
  void offlineCandidatesNeverHoldIterationZero() {
    assertThat(AdaptationSettings.small().offlineCandidates())
        .containsExactly(20, 40, 60, 80, 100, 120, 140, 160, 180, 200);
    assertThat(
            AdaptationSettings.small()
                .with(Map.of("offlineEvaluations", List.of(50, 1, 50)), SOURCE)
                .offlineCandidates())
        .containsExactly(1, 50);
    assertThatThrownBy(
            () ->
                AdaptationSettings.small()
                    .with(Map.of("offlineEvaluations", List.of(0, 10)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("offlineEvaluations is 0");
  }
}
