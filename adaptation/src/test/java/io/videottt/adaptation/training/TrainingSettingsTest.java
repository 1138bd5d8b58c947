package io.videottt.adaptation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.AddedLater;
import io.videottt.io.config.SettingsIdentity;
import io.videottt.io.config.StrictYaml;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSettingsTest {

  private static final String SOURCE = "training.yaml";

  @Test
  void nestedOverridesReplaceSingleValues() {
    TrainingSettings settings =
        TrainingSettings.defaults()
            .with(
                Map.of(
                    "batchSize",
                    4,
                    "classWeighting",
                    "none",
                    "joint",
                    Map.of("iterations", 7, "warmUpIterations", 2, "schedule", "poly")),
                SOURCE);
    assertThat(settings.batchSize()).isEqualTo(4);
    assertThat(settings.classWeighting()).isEqualTo(TrainingSettings.ClassWeighting.NONE);
    assertThat(settings.joint().iterations()).isEqualTo(7);
    assertThat(settings.joint().schedule()).isEqualTo(LearningRateSchedule.POLY);
    assertThat(settings.joint().weightDecay()).isEqualTo(0.05);
    assertThat(settings.mainTask()).isEqualTo(TrainingSettings.defaults().mainTask());
  }

  @Test
  void unknownNestedKeyIsRefusedWithItsPath() {
    assertThatThrownBy(
            () -> TrainingSettings.defaults().with(Map.of("joint", Map.of("iteration", 7)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining("'joint.iteration'")
        .hasMessageContaining("iterations");
  }

  @Test
  void impossibleNestedValueIsRefusedWithItsKey() {
    assertThatThrownBy(
            () ->
                TrainingSettings.defaults()
                    .with(Map.of("joint", Map.of("learningRate", -1)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(SOURCE)
        .hasMessageContaining("joint")
        .hasMessageContaining("-1");
  }

  @Test
  void whatWasAddedLaterIsNoPartOfATrainingsIdentityWhileItIsNeutral() {
    assertThat(TrainingSettings.defaults().identity().keySet())
        .noneMatch(key -> key.matches("cropHeight|cropWidth|scaleJitter.*|validationSize.*"))
        .noneMatch(key -> key.endsWith("decayBiases"))
        .noneMatch(key -> key.startsWith("reconstruction.") || key.equals("reconstructionTarget"))
        .contains("height", "cropMinimum", "joint.learningRate");
    TrainingSettings other =
        TrainingSettings.defaults()
            .with(
                Map.of(
                    "cropHeight", 32,
                    "cropWidth", 64,
                    "scaleJitter", Map.of("maximum", 2),
                    "validationSize", Map.of("shortSide", 64),
                    "joint", Map.of("decayBiases", true),
                    "reconstructionTarget", "patch-standardised",
                    "reconstruction", Map.of("iterations", 3)),
                SOURCE);
    assertThat(other.identity())
        .containsEntry("reconstructionTarget", "\"patch-standardised\"")
        .containsEntry("reconstruction.iterations", "3")
        .containsEntry("reconstruction.learningRate", "0.001")
        .doesNotContainKey("reconstruction.decayBiases")
        .containsEntry("cropHeight", "32")
        .containsEntry("scaleJitter.maximum", "2.0")
        .containsEntry("validationSize.shortSide", "64")
        .containsEntry("joint.decayBiases", "true")
        .doesNotContainKey("mainTask.decayBiases");
    assertThat(other.joint().optimizerSettings().decayBiases()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("addedKeys")
  void aNeutralValueIsOneThatItsSettingCanHave(String key, String neutral) {
    Map<String, Object> overrides =
        new ObjectMapper()
            .convertValue(StrictYaml.tree(key + ": " + neutral, SOURCE), new TypeReference<>() {});
    TrainingSettings settings = TrainingSettings.defaults().with(overrides, SOURCE);
    assertThat(SettingsIdentity.of(settings).keySet())
        .isNotEmpty()
        .noneMatch(each -> each.equals(key) || each.startsWith(key + "."));
  }

  static Stream<Arguments> addedKeys() {
    return Arrays.stream(TrainingSettings.class.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(AddedLater.class))
        .map(
            component ->
                Arguments.of(
                    component.getName(), component.getAnnotation(AddedLater.class).neutral()));
  }

  @Test
  void imagesKeepTheirSizeOnlyWhereSamplesHaveOneOfTheirOwn() {
    assertThatThrownBy(
            () -> TrainingSettings.defaults().with(Map.of("height", 0, "width", 0), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("height is 0");
    assertThatThrownBy(
            () ->
                TrainingSettings.defaults()
                    .with(Map.of("scaleJitter", Map.of("maximum", 2)), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give cropHeight and cropWidth");
    assertThatThrownBy(() -> TrainingSettings.defaults().with(Map.of("cropHeight", 32), SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cropHeight 32 and cropWidth 0: give both");
    TrainingSettings own =
        TrainingSettings.defaults()
            .with(Map.of("height", 0, "width", 0, "cropHeight", 32, "cropWidth", 64), SOURCE);
    assertThat(own.imageSize()).isEqualTo(WorkingSize.own());
    assertThat(own.sampleSize()).isEqualTo(new WorkingSize.Size(32, 64));
  }

  @Test
  void nothingToTrainIsRefused() {
    assertThatThrownBy(
            () ->
                TrainingSettings.defaults()
                    .with(
                        Map.of(
                            "joint", Map.of("iterations", 0, "warmUpIterations", 0),
                            "mainTask", Map.of("iterations", 0, "warmUpIterations", 0)),
                        SOURCE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing to train");
  }

  @Test
  void schedulesWarmUpThenFall() {
    for (LearningRateSchedule schedule : LearningRateSchedule.values()) {
      assertThat(schedule.factor(0, 10, 110)).isCloseTo(0.1, offset(1e-12));
      assertThat(schedule.factor(9, 10, 110)).isEqualTo(1);
      assertThat(schedule.factor(10, 10, 110)).isEqualTo(1);
    }
    assertThat(LearningRateSchedule.CONSTANT.factor(109, 10, 110)).isEqualTo(1);
    assertThat(LearningRateSchedule.COSINE.factor(60, 10, 110)).isCloseTo(0.5, offset(1e-12));
    assertThat(LearningRateSchedule.COSINE.factor(109, 10, 110)).isBetween(0.0, 0.001);
    assertThat(LearningRateSchedule.POLY.factor(60, 10, 110))
        .isCloseTo(Math.pow(0.5, 0.9), offset(1e-12));
    assertThat(LearningRateSchedule.POLY.factor(0, 0, 10)).isEqualTo(1);
  }
}
