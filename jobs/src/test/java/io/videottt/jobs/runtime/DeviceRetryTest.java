package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;

class DeviceRetryTest {

  private static final String BUSY =
      "CUDA error: CUDA-capable device(s) is/are busy or unavailable";

  private final List<Duration> waits = new ArrayList<>();
  private int calls;

  @Test
  void aDeviceThatBecomesFreeIsUsed() {
    assertThat(retry().call(Device.gpu(0), failing(3, BUSY))).isEqualTo("used");

    assertThat(calls).isEqualTo(4);
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);
  }

  @Test
  void memoryThatAnotherProcessHoldsIsWaitedFor() {
    String outOfMemory = "CUDA out of memory. Tried to allocate 2.00 GiB";

    assertThat(retry().call(Device.gpu(0), failing(1, outOfMemory))).isEqualTo("used");
  }

  @Test
  void aDeviceThatStaysHeldFailsAfterTheLastAttempt() {
    assertThatThrownBy(() -> retry().call(Device.gpu(0), failing(100, BUSY)))
        .isInstanceOf(EngineException.class)
        .hasMessage(BUSY);

    assertThat(calls).isEqualTo(6);
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
  }

  @Test
  void otherFailuresAndCpusAreNotTriedAgain() {
    assertThatThrownBy(() -> retry().call(Device.gpu(0), failing(1, "no kernel image")))
        .hasMessage("no kernel image");
    assertThatThrownBy(() -> retry().call(Device.cpu(), failing(1, BUSY))).hasMessage(BUSY);

    assertThat(calls).isEqualTo(2);
    assertThat(waits).isEmpty();
  }

  @Test
  void aCancelledTaskDoesNotGoOnWaiting() {
    DeviceRetry retry =
        new DeviceRetry(
            time -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> retry.call(Device.gpu(0), failing(1, BUSY)))
        .isInstanceOf(TaskKilledException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  private DeviceRetry retry() {
    return new DeviceRetry(waits::add);
  }

  private Supplier<String> failing(int times, String message) {
    int before = calls;
    return () -> {
      if (++calls - before <= times) {
        throw new EngineException(message);
      }
      return "used";
    };
  }
}
