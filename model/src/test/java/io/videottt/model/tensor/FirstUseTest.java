package io.videottt.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FirstUseTest {

  private static final long SECONDS = 30;

  private final FirstUse gate = new FirstUse(2);

  @Test
  void whatHasRunBeforeRunsBesideItself() throws Exception {
    gate.run("known", () -> 1);
    CyclicBarrier inside = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> one = threads.submit(() -> gate.run("known", meeting(inside)));
      Future<Integer> other = threads.submit(() -> gate.run("known", meeting(inside)));
      assertThat(one.get() + other.get()).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatRunsForTheFirstTimeKeepsOthersOut() throws Exception {
    gate.run("known", () -> 1);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean entered = new AtomicBoolean();
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () ->
                gate.run(
                    "new",
                    () -> {
                      inside.countDown();
                      awaitOpen(goOn);
                      return entered.get() ? 0 : 1;
                    }));
    assertThat(inside.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    Thread other =
        new Thread(
            () ->
                gate.run(
                    "known",
                    () -> {
                      entered.set(true);
                      return 1;
                    }));
    other.start();
    while (other.getState() != Thread.State.WAITING && other.isAlive()) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertThat(first.get()).as("nobody entered while it ran").isEqualTo(1);
    other.join();
    assertThat(entered).isTrue();
  }

  @Test
  void whatWasNotRunForLongestIsForgotten() throws Exception {
    gate.run("a", () -> 1);
    gate.run("b", () -> 1);
    gate.run("a", () -> 1);
    gate.run("c", () -> 1);
    assertThat(runsAlone("a")).isFalse();
    assertThat(runsAlone("c")).isFalse();
    assertThat(runsAlone("b")).isTrue();
  }

  @Test
  void aComputationThatFailedIsNotKnown() throws Exception {
    assertThatThrownBy(
            () ->
                gate.run(
                    "failing",
                    () -> {
                      throw new IllegalArgumentException("wrong shape");
                    }))
        .hasMessage("wrong shape");
    assertThat(runsAlone("failing")).isTrue();
  }

  @Test
  void aComputationInsideOfAnotherIsRefusedInsteadOfWaitingForItself() {
    assertThatThrownBy(() -> gate.run("outer", () -> gate.run("inner", () -> 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(gate.<Integer>run("outer", () -> 2)).isEqualTo(2);
  }

  @Test
  void theCapacityIsThatOfTheEngine() {
    assertThat(FirstUse.capacity(Map.of())).isEqualTo(1024);
    assertThat(FirstUse.capacity(Map.of("DNNL_PRIMITIVE_CACHE_CAPACITY", "200"))).isEqualTo(200);
    assertThat(
            FirstUse.capacity(
                Map.of(
                    "ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0",
                    "DNNL_PRIMITIVE_CACHE_CAPACITY", "200")))
        .isZero();
    assertThat(FirstUse.capacity(Map.of("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "many")))
        .isEqualTo(1024);
  }

  @Test
  void withoutACacheEverythingRunsAlone() throws Exception {
    FirstUse closed = new FirstUse(0);
    closed.run("a", () -> 1);
    assertThat(runsAlone(closed, "a")).isTrue();
  }

  private boolean runsAlone(Object computation) throws Exception {
    return runsAlone(gate, computation);
  }

  /** Whether another thread cannot enter at the same time; does not change what is known. */
  private static boolean runsAlone(FirstUse gate, Object computation) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread one =
        new Thread(
            () ->
                gate.run(
                    computation,
                    () -> {
                      inside.countDown();
                      awaitOpen(goOn);
                      return 1;
                    }));
    one.start();
    assertThat(inside.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    boolean alone = gate.isClosed();
    goOn.countDown();
    one.join();
    return alone;
  }

  private static Supplier<Integer> meeting(CyclicBarrier barrier) {
    return () -> {
      try {
        return barrier.await(SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("the other thread did not come in", e);
      }
    };
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
