package io.videottt.adaptation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodTest {

  @Test
  void idsTitlesAndStylesAreUniqueAndParse() {
    assertThat(Methods.all()).extracting(Method::id).doesNotHaveDuplicates();
    assertThat(Methods.all()).extracting(Method::title).doesNotHaveDuplicates();
    assertThat(Methods.all()).extracting(Method::style).doesNotHaveDuplicates();
    for (Method method : Methods.all()) {
      assertThat(Methods.parse(method.id(), "here")).isSameAs(method);
    }
  }

  @Test
  void unknownIdIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Methods.parse("online", "sweep.yaml: methods"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sweep.yaml: methods")
        .hasMessageContaining("'online'")
        .hasMessageContaining("online-ttt-mae");
  }

  @Test
  void anUnknownMethodOfResultsIsCalledByItsName() {
    assertThat(Methods.title("somebody-elses")).isEqualTo("somebody-elses");
    assertThat(Methods.find("somebody-elses")).isEmpty();
  }

  @Test
  void controlsAndStatisticsOfTheTrainingSetNeedTrainingImages() {
    for (Method method : Methods.all()) {
      assertThat(method.needs().trainingImages())
          .isEqualTo(method.role() == Method.Role.CONTROL || method == Methods.LN_ADAPT);
    }
  }

  @ParameterizedTest
  @MethodSource("io.videottt.adaptation.method.Methods#all")
  void aMethodThatIsSentIsTheOneOfItsName(Method method) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(method);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(stream.readObject()).isSameAs(method);
    }
  }

  /** A method that says no more than it must. */
  private static Method own() {
    return new Method("own", "Own", Method.Sight.VIDEO_STREAM, "Does nothing.") {
      private static final long serialVersionUID = 1;

      @Override
      public Steps open(MethodContext context) {
        return FrameSteps.NONE;
      }
    };
  }

  @Test
  void aMethodFromElsewhereNeedsAnIdATitleAndItsStepsOnly() {
    Method other = own();
    assertThat(other.role()).isEqualTo(Method.Role.OTHER);
    assertThat(other.style()).isEqualTo(OptionalInt.empty());
    assertThat(other.needs()).isEqualTo(Method.Needs.MODEL);
    assertThat(other.limitation(Task.PANOPTIC)).isEqualTo(Optional.empty());
  }

  @Test
  void allSettingsAndTheSeedCountForAMethodThatSaysNothingOfThem() {
    Method other = own();
    AdaptationSettings small = AdaptationSettings.small();
    AdaptationSettings wider = small.with(Map.of("window", 3), "here");
    assertThat(other.canonical(wider, Task.SEMANTIC))
        .isNotEqualTo(other.canonical(small, Task.SEMANTIC));
    assertThat(other.dependsOnSeed(small, Task.SEMANTIC)).isTrue();
  }

  @Test
  void anIdThatCouldNotBeAFileNameIsRefused() {
    assertThatThrownBy(
            () ->
                new FixedMethod("../own", "Own", Method.Role.OTHER, "Does nothing.") {
                  private static final long serialVersionUID = 1;
                })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../own");
  }
}
