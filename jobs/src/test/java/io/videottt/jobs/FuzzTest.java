package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of foreign bytes against damaged and hostile inputs. A few in every build; {@code
 * mvn -Pfuzz test -pl jobs -am} tries thousands. {@code -Dfuzz.seed=N} tries others.
 */
class FuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20_261_128);
  private static final int LEAST = 2000;

  @TempDir private Path folder;

  @Test
  void aFewInputsOfEveryReaderEndAsPromised() {
    int each = 15;
    List<FuzzTarget> targets = FuzzTargets.all(folder);
    assertThat(run(targets, each, 120)).isEqualTo(each * targets.size());
  }

  @Test
  @Tag("fuzz")
  void thousandsOfInputsEndAsPromised() {
    List<FuzzTarget> targets = new ArrayList<>(FuzzTargets.all(folder));
    targets.addAll(FuzzTargets.checkpoints());
    int each = Integer.getInteger("fuzz.inputs", 2 * LEAST) / targets.size() + 1;
    int tried = run(targets, each, Long.getLong("fuzz.seconds", 1200));
    assertThat(tried).isGreaterThanOrEqualTo(Math.min(LEAST, each * targets.size()));
  }

  /** Tries inputs of all readers; how many there were. */
  private int run(List<FuzzTarget> targets, int each, long seconds) {
    long start = System.nanoTime();
    long share = TimeUnit.SECONDS.toNanos(seconds) / targets.size();
    List<String> faults = new ArrayList<>();
    int tried = 0;
    for (int i = 0; i < targets.size(); i++) {
      FuzzRun run = new FuzzRun(targets.get(i), folder);
      run.requireSeedsAccepted();
      int count = run.tryInputs(SEED, each, start + (i + 1) * share, faults);
      tried += count;
      System.out.printf("%s: %d inputs%n", targets.get(i).name(), count);
    }
    assertThat(faults).isEmpty();
    return tried;
  }
}
