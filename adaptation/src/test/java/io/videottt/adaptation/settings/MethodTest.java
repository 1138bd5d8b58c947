package io.videottt.adaptation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.settings.Procedure.Memory;
import io.videottt.base.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodTest {

  private static final AdaptationSettings SETTINGS = AdaptationSettings.small();

  @Test
  void idsAreUniqueAndParse() {
    assertThat(Arrays.stream(Method.values()).map(Method::id)).doesNotHaveDuplicates();
    for (Method method : Method.values()) {
      assertThat(Method.parse(method.id(), "here")).isEqualTo(method);
    }
  }

  @Test
  void unknownIdIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Method.parse("online", "sweep.yaml: methods"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sweep.yaml: methods")
        .hasMessageContaining("'online'")
        .hasMessageContaining("online-ttt-mae");
  }

  @Test
  void proceduresAreThePapersMemories() {
    assertThat(Procedure.of(Method.TTT_MAE_NO_MEMORY, SETTINGS))
        .isEqualTo(new Procedure(Objective.RECONSTRUCTION, new Memory.Window(1), true, false));
    assertThat(Procedure.of(Method.IMPLICIT_MEMORY_ONLY, SETTINGS))
        .isEqualTo(new Procedure(Objective.RECONSTRUCTION, new Memory.Window(1), false, false));
    assertThat(Procedure.of(Method.EXPLICIT_MEMORY_ONLY, SETTINGS))
        .isEqualTo(new Procedure(Objective.RECONSTRUCTION, new Memory.Window(16), true, false));
    assertThat(Procedure.of(Method.ONLINE_TTT_MAE, SETTINGS))
        .isEqualTo(new Procedure(Objective.RECONSTRUCTION, new Memory.Window(16), false, false));
    assertThat(
            Procedure.of(Method.ONLINE_TTT_MAE, SETTINGS.with(Map.of("window", 0), "here"))
                .memory())
        .isEqualTo(new Memory.Window(Integer.MAX_VALUE));
  }

  @Test
  void controlsAndStatisticsOfTheTrainingSetNeedTrainingImages() {
    for (Method method : Method.values()) {
      assertThat(method.needsTrainingImages())
          .isEqualTo(method.isControl() || method == Method.LN_ADAPT);
    }
  }
}
