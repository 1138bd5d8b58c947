package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.videottt.base.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {

  private static final List<String> NONE = List.of();

  @Test
  void aTaskUsesTheGpuThatSparkAssignedToIt() {
    assertThat(DeviceChoice.resolve("auto", List.of("2"), NONE, 4)).isEqualTo(Device.gpu(2));
  }

  @Test
  void anAssignedGpuIsFoundAmongTheVisibleOnes() {
    assertThat(DeviceChoice.resolve("auto", List.of("5"), List.of("3", "5"), 2))
        .isEqualTo(Device.gpu(1));
    assertThat(DeviceChoice.resolve("auto", List.of("GPU-8f"), List.of("GPU-8f"), 1))
        .isEqualTo(Device.gpu(0));
  }

  @Test
  void withoutAnAssignmentTheFirstGpuElseTheCpuIsUsed() {
    assertThat(DeviceChoice.resolve("auto", NONE, NONE, 2)).isEqualTo(Device.gpu(0));
    assertThat(DeviceChoice.resolve("auto", NONE, NONE, 0)).isEqualTo(Device.cpu());
  }

  @Test
  void theCpuIsUsedWhenItIsAskedForWhateverWasAssigned() {
    assertThat(DeviceChoice.resolve("cpu", List.of("0"), NONE, 1)).isEqualTo(Device.cpu());
  }

  @Test
  void anAssignedGpuThatTheEngineDoesNotSeeIsNoReasonToRunOnTheCpu() {
    assertThatThrownBy(() -> DeviceChoice.resolve("auto", List.of("0"), NONE, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("GPU 0", "sees 0 GPU(s)", "--device cpu");
  }

  @Test
  void severalGpusForATaskOrAnAddressThatIsNoNumberAreRefused() {
    assertThatThrownBy(() -> DeviceChoice.resolve("auto", List.of("0", "1"), NONE, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("0, 1", "spark.task.resource.gpu.amount");
    assertThatThrownBy(() -> DeviceChoice.resolve("auto", List.of("first"), NONE, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("'first'", "discovery script");
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> DeviceChoice.resolve("gpu:1", NONE, NONE, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gpu:1");
    assertThatThrownBy(() -> DeviceChoice.resolve("gpu", NONE, NONE, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("auto, cpu or gpu:N");
  }
}
